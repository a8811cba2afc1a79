using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>Finds the group's photo by its perceptual hash: what was forwarded was made smaller and compressed again on its way.</summary>
internal sealed class ForwardedPhotos(
    Database database, IMediaStore media, PhotoDecoder decoder, IFaceEngine engine, IFaceCollections collections, IOutbox outbox, TimeProvider clock)
    : IForwardedPhotos
{
    // Of the group photos that were measured copies differ in up to 4 bits, 12 where a border was cut off; different photos in 20 and more.
    private const int SamePhoto = 10;

    public async Task<ForwardedPhoto> LookAsync(MediaKey file, string name, PersonId person, CancellationToken cancellation)
    {
        var hash = PerceptualHash.Of(decoder.Decode(await media.GetAsync(file, cancellation), name));
        var photo = await database.ReadAsync(session => NearestAsync(session, person, hash), cancellation);
        if (photo is not { } stored)
            return new ForwardedPhoto(ForwardedOutcome.NotOfTheGroup);

        var (group, faces, found) = await database.ReadAsync(
            async session => (
                (await PersonTable.FindAsync(session, person))?.GroupId,
                await session.QueryAsync<FaceOfPhoto>(
                    """
                    SELECT f.id, f.verdict, f.person_id FROM faces f WHERE f.photo_id = @stored AND NOT EXISTS (
                        SELECT 1 FROM face_tags t WHERE t.face_id = f.id AND t.person_id = @person AND t.verdict = 'is-not')
                    """,
                    new { stored, person }),
                await FoundFaces.OfAsync(session, stored)),
            cancellation);
        if (group is not { } collection)
            return new ForwardedPhoto(ForwardedOutcome.NotOfTheGroup);
        if (faces.Any(face => face.Verdict == FaceTable.Named && face.PersonId == person))
            return new ForwardedPhoto(ForwardedOutcome.KnownAlready, stored);

        var open = faces.Where(face => face.Verdict is "uncertain" or "nobody").Select(face => face.Id).ToHashSet();
        var best = (Face: default(FaceId?), Similarity: 0f);
        foreach (var face in found.Where(face => open.Contains(face.Id) && face.Description is not null))
        {
            var search = await collections.SearchUsersByImageAsync(CollectionId.Of(collection), face.VectorOf(engine.Model), cancellation);
            // Whom the engine does not even take for a question is not like the child: nobody is to be asked about a stranger.
            if (search is { Verdict: MatchVerdict.Nobody, NearEnough: false })
                continue;
            if (search.Matches.FirstOrDefault(match => match.User == person) is { } match && match.Similarity > best.Similarity)
                best = (face.Id, match.Similarity);
        }

        return best.Face is null
            ? new ForwardedPhoto(ForwardedOutcome.NobodyLikeIt, stored)
            : new ForwardedPhoto(ForwardedOutcome.Found, stored, best.Face);
    }

    public async Task<bool> VoteAsync(Session session, ParticipantId participant, PersonId person, ForwardedPhoto photo)
    {
        if (photo is not { Outcome: ForwardedOutcome.Found, Photo: { } stored, Face: { } face } || !await PersonTable.MayTeachAsync(session, person, participant))
            return false;

        var written = await session.ExecuteAsync(
            """
            INSERT INTO face_tags (face_id, voter, verdict, person_id, at) VALUES (@face, @voter, 'is', @person, @at)
            ON CONFLICT (face_id, voter) DO UPDATE SET verdict = excluded.verdict, person_id = excluded.person_id, at = excluded.at
            WHERE face_tags.verdict <> excluded.verdict OR face_tags.person_id <> excluded.person_id
            """,
            new { face, voter = $"participant:{participant}", person, at = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        if (written > 0)
            await outbox.SendAsync(session, new FaceQuestioned(stored, face, person, FaceQuestion.IsItTheChild));
        return true;
    }

    /// <summary>Of the photos of the person's group that are still there, the one that is most like it; null where none is.</summary>
    private static async Task<PhotoId?> NearestAsync(Session session, PersonId person, long hash)
    {
        var photos = await session.QueryAsync<HashOfPhoto>(
            """
            SELECT o.id, o.perceptual_hash FROM persons p JOIN photos o ON o.group_id = p.group_id
            WHERE p.id = @person AND o.perceptual_hash IS NOT NULL AND o.expired_at IS NULL AND o.state IN ('processed', 'degraded')
            """,
            new { person });
        var nearest = photos.MinBy(photo => PerceptualHash.Distance(photo.PerceptualHash, hash));
        return nearest is not null && PerceptualHash.Distance(nearest.PerceptualHash, hash) <= SamePhoto ? nearest.Id : null;
    }

    private sealed record HashOfPhoto
    {
        public PhotoId Id { get; init; }

        public long PerceptualHash { get; init; }
    }

    private sealed record FaceOfPhoto
    {
        public FaceId Id { get; init; }

        public string Verdict { get; init; } = "";

        public PersonId? PersonId { get; init; }
    }
}
