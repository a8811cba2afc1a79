using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.TagFace;

/// <summary>The pictures that the conversation shows. Those of the question before stay until they have surely left.</summary>
internal sealed class TagFacePictures(IQuestions questions, IMediaStore media, Turn turn, CancellationToken cancellation)
{
    private const int OfTwoQuestions = 4;

    /// <returns>The face, and the face with its surroundings; null: it is gone.</returns>
    public async Task<(MediaKey? Face, MediaKey? Around)> OfAsync(TagFaceDraft draft, QuestionView view)
    {
        var question = view.Id;
        if (draft.PicturesOf == question.Value && draft.Around is { } shown && await media.ExistsAsync(new MediaKey(shown), cancellation))
            return (null, new MediaKey(shown));

        draft.PicturesOf = question.Value;
        var face = await StoreAsync(draft, view, await questions.PictureAsync(question, false, cancellation));
        var around = await StoreAsync(draft, view, await questions.PictureAsync(question, true, cancellation));
        draft.Around = (around ?? face)?.Value;
        if (draft.Pictures.Count > OfTwoQuestions)
        {
            var old = draft.Pictures[..^OfTwoQuestions];
            turn.Discard(old);
            draft.Pictures.RemoveRange(0, old.Count);
        }

        return (face, around);
    }

    private async Task<MediaKey?> StoreAsync(TagFaceDraft draft, QuestionView view, byte[]? jpeg)
    {
        if (jpeg is null)
            return null;
        var key = await media.PutAsync(MediaBucket.Training, jpeg, "image/jpeg", Subjects.QuestionPicture(turn.Participant.Id, view.Photo, view.Face), cancellation);
        draft.Pictures.Add(key);
        return key;
    }
}
