using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Deletes the rows of a person from every table of recognition, in one short transaction.</summary>
internal sealed class PersonRows(IEnumerable<IPersonalPlaces> places, LeavingClusters clusters, GroupsInMemory groups, TimeProvider clock)
{
    private static readonly string[] _byFace = ["candidates", "searches", "embeddings", "bounding_boxes", "face_tags", "trained_faces", "question_faces"];
    private static readonly string[] _byPerson = ["candidates", "face_tags", "trained_faces", "requests", "codes", "invitations", "enrolment_photos", "consents", "guardians"];

    /// <param name="messages">Those that name the person or one of the faces.</param>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> DeleteAsync(Session session, IOutbox outbox, PersonTraces traces, FoundMessages messages)
    {
        var person = traces.Person;
        var rows = 0;
        foreach (var place in places)
            rows += await place.ForgetAsync(session, new ForgottenPerson(person, traces.Name, traces.Guardians, traces.Files, traces.Learned));
        rows += await PersonDeliveries.DeleteAsync(session, person);
        rows += await ErasedQuestions.DeleteAsync(session, outbox, traces, clock.GetUtcNow());
        rows += await DeleteFacesAsync(session, traces);
        rows += await session.ExecuteAsync("DELETE FROM codes WHERE hash IN (SELECT code_hash FROM invitations WHERE person_id = @person)", new { person });
        foreach (var table in _byPerson)
            rows += await session.ExecuteAsync($"DELETE FROM {table} WHERE person_id = @person", new { person });
        rows += await session.ExecuteAsync("DELETE FROM requests WHERE pending_id = @person", new { person });
        rows += await session.ExecuteAsync("DELETE FROM look_alikes WHERE person_id = @person OR other_id = @person", new { person });
        // What only resembled the person is nobody's now.
        _ = await session.ExecuteAsync(
            "UPDATE faces SET person_id = NULL, similarity = NULL, verdict = CASE verdict WHEN 'refused' THEN verdict ELSE 'nobody' END WHERE person_id = @person",
            new { person });
        rows += await session.ExecuteAsync("DELETE FROM persons WHERE id = @person", new { person });
        rows += await messages.DeleteAsync(session);
        foreach (var photo in traces.Faces.GroupBy(face => face.PhotoId))
            await GoOnAsync(session, outbox, photo.Key, photo.Count());
        return rows;
    }

    private async Task<int> DeleteFacesAsync(Session session, PersonTraces traces)
    {
        var ids = traces.Faces.Select(face => face.FaceId.Value).ToList();
        var now = clock.GetUtcNow();
        await clusters.LeaveAsync(session, [.. traces.Faces.Select(face => face.FaceId)], now);
        // Also a place that is planned just now and not written yet: what is in memory must be read again.
        await ClusterTable.ChangedAsync(session, traces.Group, [], now);
        session.AfterCommit(() => groups.Forget(traces.Group));
        var rows = 0;
        foreach (var table in _byFace)
            rows += await session.ExecuteAsync($"DELETE FROM {table} WHERE face_id IN @ids", new { ids });
        rows += await session.ExecuteAsync("DELETE FROM colleague_pictures WHERE face_id IN @ids", new { ids });
        return rows + await session.ExecuteAsync("DELETE FROM faces WHERE id IN @ids", new { ids });
    }

    /// <summary>The photo waits for fewer faces now, and may have waited for these alone; one that waited only for them to expire goes.</summary>
    private async Task GoOnAsync(Session session, IOutbox outbox, PhotoId photo, int faces)
    {
        _ = await session.ExecuteAsync("UPDATE photos SET faces = faces - @faces WHERE id = @photo AND faces IS NOT NULL", new { photo, faces });
        _ = await DistributionGate.OpenAsync(session, outbox, photo, clock.GetUtcNow());
        var waits = await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM photos p WHERE p.id = @photo AND p.expired_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id) AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.photo_id = p.id)
            """,
            new { photo });
        if (waits > 0)
            await PhotoTable.DeleteAsync(session, photo);
    }
}
