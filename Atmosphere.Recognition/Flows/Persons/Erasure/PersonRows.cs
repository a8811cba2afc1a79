using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the rows of a person from every table of recognition, in one short transaction.</summary>
internal sealed class PersonRows(IEnumerable<IPersonalPlaces> places, LeavingClusters clusters, GroupsInMemory groups, TimeProvider clock)
{
    /// <summary>Finds the person's data, including files kept by other components.</summary>
    /// <returns>Null if the person is gone.</returns>
    public async Task<PersonTraces?> FindAsync(Session session, ErasureId erasure, PersonId person)
    {
        if (await PersonTraces.FindAsync(session, erasure, person) is not { } traces)
            return null;

        var files = new List<MediaKey>(traces.Files);
        foreach (var place in places)
            files.AddRange(await place.FilesAsync(session, person, traces.Guardians));
        return traces with { Files = files };
    }

    /// <param name="messages">The messages that contain ids of the person or of a face.</param>
    /// <returns>The number of deleted rows.</returns>
    public async Task<int> DeleteAsync(Session session, IOutbox outbox, PersonTraces traces, FoundMessages messages)
    {
        var person = traces.Person;
        var rows = 0;
        foreach (var place in places)
            rows += await place.ForgetAsync(session, new ForgottenPerson(person, traces.Name, traces.Guardians, traces.Files, traces.Learned));
        rows += await PersonDeliveries.DeleteAsync(session, person);
        rows += await ErasedQuestions.DeleteAsync(session, outbox, traces, clock.GetUtcNow());
        rows += await DeleteFacesAsync(session, traces);
        rows += await CodeTable.ForgetInvitedAsync(session, null, person);
        await FaceTable.ForgetAsync(session, person);
        rows += await DependentRows.GoAsync(session, Subject.Person, Fate.Erased, person.Value);
        // A post that is on its way ends by its own row.
        foreach (var post in traces.HeldPosts.Where(post => post.State == HeldFacePosts.Posted))
            await HeldFacePosts.DeleteAsync(session, post.HeldId);
        rows += await messages.DeleteAsync(session);
        await ErasureMark.MoveAsync(session);
        foreach (var photo in traces.Faces.GroupBy(face => face.PhotoId))
            await GoOnAsync(session, outbox, photo.Key, photo.Count());
        return rows;
    }

    private async Task<int> DeleteFacesAsync(Session session, PersonTraces traces)
    {
        var now = clock.GetUtcNow();
        await clusters.LeaveAsync(session, [.. traces.Faces.Select(face => face.FaceId)], now);
        // The new version makes cluster plans in progress fail, and the clusters in memory are read again.
        await ClusterTable.ChangedAsync(session, traces.Group, [], now);
        session.AfterCommit(() => groups.Forget(traces.Group));
        return await DependentRows.GoAsync(session, Subject.Face, Fate.Erased, [.. traces.Faces.Select(face => face.FaceId.Value)]);
    }

    /// <summary>
    /// The photo now waits for fewer faces: it may be distributed, or deleted if it had expired and waited only for these faces.
    /// </summary>
    private async Task GoOnAsync(Session session, IOutbox outbox, PhotoId photo, int faces)
    {
        await PhotoTable.ExpectFewerAsync(session, photo, faces);
        _ = await DistributionGate.OpenAsync(session, outbox, photo, clock.GetUtcNow());
        await PhotoTable.LetGoAsync(session, photo);
    }
}
