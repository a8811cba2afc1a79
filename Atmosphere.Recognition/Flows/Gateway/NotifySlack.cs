using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>
/// One more photo of somebody about whom colleagues are asked: the post says in how many. It posts nothing itself, and does not wait for a face
/// that is not decided yet: what is decided of it brings the post up to date as well.
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
