using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Gateway;

/// <summary>
/// Deletes a photo that its author withdrew: first what is outside any transaction (posts, learned faces, files), then its faces, questions
/// and findings. Nobody is told; if it had been delivered, operators are.
/// </summary>
internal sealed class DeleteWithdrawnPhoto(
    Database database, IMediaStore media, IFaceCollections collections, IColleagues colleagues, LeavingClusters clusters, TimeProvider clock) : IStep<WithdrawPhoto>
{
    public async Task<Effects> HandleAsync(WithdrawPhoto message, CancellationToken cancellation)
    {
        if (message.Waiting is { } waiting)
            await media.DeleteAsync(waiting, cancellation);
        var found = await database.ReadAsync(session => FindAsync(session, message.Photo), cancellation);
        if (colleagues.Listening)
        {
            foreach (var picture in found.Pictures)
                await colleagues.WithdrawAsync(picture, cancellation);
            foreach (var (post, view) in found.Posts)
                await colleagues.UpdateAsync(post, view, cancellation);
        }

        if (found.Learned.Count > 0)
            await collections.DeleteFacesAsync(CollectionId.Of(message.Group), found.Learned, cancellation);
        foreach (var file in found.Files)
            await media.DeleteAsync(file, cancellation);
        return new Effects().Change((session, outbox) => DeleteAsync(session, outbox, message.Photo));
    }

    private static async Task<Found> FindAsync(Session session, PhotoId photo)
    {
        var faces = await FaceTable.OfPhotoAsync(session, photo);
        var posts = new List<(ColleaguePost, QuestionView)>();
        foreach (var question in await QuestionsOfFace.OfPhotoAsync(session, photo))
        {
            if (question is { PostState: "posted", Channel: { } channel, Ts: { } ts })
                posts.Add((new ColleaguePost(channel, ts), QuestionExpiry.GoneView(question, await GroupTable.NameAsync(session, question.GroupId) ?? "")));
        }

        return new Found(
            [.. (await PhotoTable.FilesAsync(session, photo)).Union(await MediaSubjectTable.OfAsync(session, photo))],
            await ColleaguePictures.OfPhotoAsync(session, photo),
            posts,
            await TrainedFaces.AmongAsync(session, faces));
    }

    private async Task DeleteAsync(Session session, IOutbox outbox, PhotoId photo)
    {
        if (await PhotoTable.FindAsync(session, photo) is not { State: PhotoState.Erased })
            return;
        var (now, faces) = (clock.GetUtcNow(), await FaceTable.OfPhotoAsync(session, photo));
        foreach (var question in (await QuestionsOfFace.OfPhotoAsync(session, photo)).Where(question => question.IsOpen))
            await QuestionExpiry.FaceGoesAsync(session, outbox, question, [.. faces], now);
        _ = await QuestionTable.DeleteAsync(session, faces);
        await clusters.LeaveAsync(session, faces, now);
        _ = await DependentRows.GoAsync(session, Subject.Face, Fate.Erased, [.. faces.Select(face => face.Value)]);
        await PhotoTable.EmptyAsync(session, photo);
        if (await DistributionTable.WithoutPicturesAsync(session, photo) is > 0 and var recipients)
        {
            await Notifications.AddAsync(
                session,
                NotificationKind.PhotoWithdrawn,
                photo,
                $"Its author deleted it for everyone after {recipients} {(recipients == 1 ? "participant" : "participants")} had got it. Nothing here is left of it; their phones keep their copies: 'photos show {photo}' lists the deliveries.",
                now);
        }
    }

    private sealed record Found(
        IReadOnlyList<MediaKey> Files, IReadOnlyList<string> Pictures, IReadOnlyList<(ColleaguePost Post, QuestionView View)> Posts, IReadOnlyList<FaceId> Learned);
}
