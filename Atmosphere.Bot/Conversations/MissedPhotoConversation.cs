using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>A parent forwards a group photo in which the child was missed, with the child's name. It counts as a vote.</summary>
internal sealed class MissedPhotoConversation(IForwardedPhotos photos, IColleagues colleagues) : IConversation
{
    public string Name => "missed-photo";

    public bool Begins(Turn turn) => turn.Files.Any(file => file.Photo is not null) && ChildOf(turn) is not null;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var child = ChildOf(turn)!;
        foreach (var file in turn.Files)
        {
            if (file.Photo is { } photo)
                await LookAsync(turn, child, photo, file.Name, cancellation);
            else
                turn.Speech.Say(file.Problem!, ("file", file.Name));
        }
    }

    private static RegisteredPerson? ChildOf(Turn turn) =>
        turn.Children.FirstOrDefault(child => child.State == "connected" && NameFolding.AreSame(child.Name, turn.Incoming.Text.Trim()));

    private async Task LookAsync(Turn turn, RegisteredPerson child, MediaKey photo, string name, CancellationToken cancellation)
    {
        try
        {
            var found = await photos.LookAsync(photo, name, child.Person, cancellation);
            if (found.Outcome == ForwardedOutcome.Found)
                turn.Change((session, _) => photos.VoteAsync(session, turn.Participant.Id, child.Person, found));
            turn.Speech.Say(
                found.Outcome switch
                {
                    ForwardedOutcome.Found when colleagues.Listening => "missed-photo.noted-and-told",
                    ForwardedOutcome.Found => "missed-photo.noted",
                    ForwardedOutcome.KnownAlready => "missed-photo.known",
                    ForwardedOutcome.NobodyLikeIt => "missed-photo.nobody",
                    _ => "missed-photo.not-of-the-group",
                },
                ("name", child.Name));
        }
        catch (PhotoRefusedException refused)
        {
            turn.Speech.Say(FileSentences.Of(refused.Refusal), ("file", name));
        }
    }
}
