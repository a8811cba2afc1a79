using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>
/// Updates the photo count of a question after another photo of the same unknown person. Posts nothing itself, and does not wait for
/// undecided faces: their decision updates the post as well.
/// </summary>
internal sealed class NotifySlack(ClusterQuestions questions) : IStep<FaceFound>
{
    public Task<Effects> HandleAsync(FaceFound message, CancellationToken cancellation) =>
        Task.FromResult(new Effects().Change(async (session, outbox) =>
        {
            if (await ClusterTable.OfFaceAsync(session, message.Face) is { } cluster && await questions.OpenAsync(session, outbox, cluster) is { } open)
                await questions.CountPhotosAsync(session, outbox, open);
        }));
}
