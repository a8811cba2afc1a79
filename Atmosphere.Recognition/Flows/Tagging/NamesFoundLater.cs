using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Gives names to faces that were decided without one, and sends their photos out once more.</summary>
internal sealed class NamesFoundLater(LeavingClusters clusters, ClusterQuestions questions, ToldNames told, IOutbox outbox, TimeProvider clock)
{
    /// <param name="photos">Oldest first, with what searches of their unnamed faces say now.</param>
    public async Task PutAsync(Session session, IReadOnlyList<(PhotoId Photo, IReadOnlyDictionary<FaceId, FaceSearch> Searches)> photos)
    {
        var named = new List<NamedLater>();
        foreach (var (photo, searches) in photos)
        {
            // It may be erased or expired since it was searched.
            if (!await IsKeptAsync(session, photo))
                continue;

            foreach (var (face, search) in searches)
                await SuggestAsync(session, photo, face, search);
            var together = await DoubleNames.OfAsync(session, photo);
            var here = named.Count;
            foreach (var face in searches.Keys)
            {
                if (together.TryGetValue(face, out var search) && await NameAsync(session, photo, face, search) is { } name)
                    named.Add(name);
            }

            if (named.Count > here)
                await outbox.SendAsync(session, new DistributePhoto(photo));
        }

        await OpenQuestions.AnswerAsync(session, outbox, questions, named, clock.GetUtcNow());
        foreach (var face in named)
            await told.TellAsync(session, outbox, face.Photo, face.Face, face.Person);
    }

    /// <summary>A post that shows others than are suggested now is drawn anew: somebody new is offered, and nobody who is not found by the post's rows.</summary>
    private async Task SuggestAsync(Session session, PhotoId photo, FaceId face, FaceSearch search)
    {
        var before = await CandidatesAsync(session, face);
        await FaceSearches.PutAsync(session, photo, face, search);
        if ((await CandidatesAsync(session, face)).SequenceEqual(before))
            return;
        foreach (var question in await QuestionTable.ListAsync(session, "WHERE face_id = @face AND state IN ('asked', 'voting')", new { face }))
        {
            await QuestionTable.TouchAsync(session, question.Id, clock.GetUtcNow());
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
        }
    }

    private static Task<IReadOnlyList<PersonId>> CandidatesAsync(Session session, FaceId face) =>
        session.QueryAsync<PersonId>("SELECT person_id FROM candidates WHERE face_id = @face ORDER BY rank", new { face });

    private static async Task<bool> IsKeptAsync(Session session, PhotoId photo) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM photos p JOIN groups g ON g.id = p.group_id AND g.ended_at IS NULL
            WHERE p.id = @photo AND p.state IN ('processed', 'degraded') AND p.expired_at IS NULL AND p.media IS NOT NULL AND p.gate_opened_at IS NOT NULL
            """,
            new { photo }) > 0;

    /// <returns>Null where it gets no name.</returns>
    private async Task<NamedLater?> NameAsync(Session session, PhotoId photo, FaceId face, FaceSearch search)
    {
        if (search is not { Verdict: MatchVerdict.Named, Matches: [var best, ..] }
            || !await PersonTable.CanBeNamedAsync(session, best.User)
            || await LookAlikes.HasAsync(session, best.User)
            || await FaceTable.NamedTwiceAsync(session, photo, face, best.User)
            || await IsContradictedAsync(session, face, best.User))
            return null;

        var now = clock.GetUtcNow();
        var cluster = await session.QueryAsync<ClusterId>("SELECT cluster_id FROM cluster_faces WHERE face_id = @face", new { face });
        if (!await FaceTable.FindLaterAsync(session, face, best.User, best.Similarity, now))
            return null;

        session.AfterCommit(() => Telemetry.FaceDecided(FaceTable.Named));
        await clusters.LeaveAsync(session, [face], now);
        return new NamedLater(photo, face, best.User, cluster.Count > 0 ? cluster[0] : null);
    }

    /// <summary>
    /// What people say of the face counts more than a search: they name it, or nobody does. Who was a visitor to colleagues that knew the person
    /// is not the person.
    /// </summary>
    private static async Task<bool> IsContradictedAsync(Session session, FaceId face, PersonId person) =>
        await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM face_tags WHERE face_id = @face
                AND ((verdict = 'is-not' AND person_id = @person) OR (verdict = 'is' AND person_id <> @person) OR verdict = 'nobody')
            """,
            new { face, person }) > 0
        || await session.QuerySingleOrDefaultAsync<long>(
            """
            SELECT COUNT(*) FROM questions q JOIN persons p ON p.id = @person
            WHERE q.state = 'decided' AND q.answer IN ('nobody', 'visitor') AND p.created_at < q.decided_at
                AND (q.face_id = @face OR q.cluster_id IN (SELECT c.cluster_id FROM cluster_faces c WHERE c.face_id = @face))
            """,
            new { face, person }) > 0;
}

/// <param name="Cluster">That it left; null: it was in none.</param>
internal sealed record NamedLater(PhotoId Photo, FaceId Face, PersonId Person, ClusterId? Cluster);
