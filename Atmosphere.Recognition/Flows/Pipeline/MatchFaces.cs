using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Pipeline;

/// <summary>Matches each face with registered persons, and puts faces without a name into clusters.</summary>
internal sealed class MatchFaces(Database database, IFaceEngine engine, IFaceCollections collections, UnknownClusters clusters, TimeProvider clock)
    : IStep<MatchPhotoFaces>, IOnExhausted<MatchPhotoFaces>
{
    public async Task<Effects> HandleAsync(MatchPhotoFaces message, CancellationToken cancellation)
    {
        var (photo, faces, known) = await database.ReadAsync(
            async session => (
                await PhotoTable.FindAsync(session, message.Photo),
                await FoundFaces.OfAsync(session, message.Photo),
                await FaceSearches.OfAsync(session, message.Photo)),
            cancellation);
        if (photo is not { State: PhotoState.Processing })
            return Effects.None;

        var searches = new Dictionary<FaceId, FaceSearch>(known);
        try
        {
            foreach (var face in faces.Where(face => !searches.ContainsKey(face.Id)))
                searches[face.Id] = await SearchAsync(message.Group, face, cancellation);
        }
        catch when (searches.Count > known.Count)
        {
            // Keep the results so far, whatever later attempts bring.
            await database.WriteAsync(session => PutAsync(session, message.Photo, searches), CancellationToken.None);
            throw;
        }

        // Uncertain faces are clustered, too, so that unknown and uncertain faces of one person lead to one question.
        var together = PhotoFaces.WithoutDoubles([.. faces.Select(face => searches[face.Id])]);
        var alike = await database.ReadAsync(session => LookAlikes.AllAsync(session, message.Group), cancellation);
        var unknown = faces.Zip(together)
            .Where(face => face.Second.Verdict != MatchVerdict.Named || alike.Contains(face.Second.Matches[0].User))
            .Select(face => face.First)
            .Select(face => new UnknownFace(face.Id, face.VectorOf(engine.Model), QualityRules.Judge(face.Description!).Verdict));
        var plan = await clusters.PlanAsync(message.Group, message.Photo, [.. unknown], cancellation);
        return new Effects().Change(async (session, outbox) =>
        {
            if ((await PhotoTable.FindAsync(session, message.Photo))?.State != PhotoState.Processing)
                return;

            await PutAsync(session, message.Photo, searches);
            await plan.ApplyAsync(session, clock.GetUtcNow());
            await PhotoSteps.EndedAsync(session, message.Photo, nameof(MatchFaces), null, clock.GetUtcNow());
            await SyncPoint.ArriveAsync(session, outbox, message.Photo, Branch.Faces, clock.GetUtcNow());
        });
    }

    /// <summary>The photo continues with the results so far.</summary>
    public Effects Exhausted(MatchPhotoFaces message, Exception reason) =>
        new Effects().Change(async (session, outbox) =>
        {
            var now = clock.GetUtcNow();
            if (!await PhotoTable.DegradeAsync(session, message.Photo))
                return;

            var notice = $"{nameof(MatchFaces)} gave up: {reason.Message}";
            await PhotoSteps.EndedAsync(session, message.Photo, nameof(MatchFaces), $"{nameof(MatchFaces)} gave up.", now);
            await Notifications.AddAsync(session, NotificationKind.Degraded, message.Photo, notice, now);
            await SyncPoint.ArriveAsync(session, outbox, message.Photo, Branch.Faces, now);
        });

    private async Task<FaceSearch> SearchAsync(GroupId group, FoundFace face, CancellationToken cancellation)
    {
        try
        {
            return await collections.SearchUsersByImageAsync(CollectionId.Of(group), face.VectorOf(engine.Model), cancellation);
        }
        catch (CollectionNotFoundException)
        {
            // The group has no registered persons yet.
            return new FaceSearch([], MatchVerdict.Nobody);
        }
    }

    private static async Task PutAsync(Session session, PhotoId photo, IReadOnlyDictionary<FaceId, FaceSearch> searches)
    {
        foreach (var (face, search) in searches)
            await FaceSearches.PutAsync(session, photo, face, search);
    }
}
