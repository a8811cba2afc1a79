using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>Finds a group's photo by its perceptual hash, because a forwarded photo was shrunk and recompressed.</summary>
internal sealed class ForwardedPhotos(
    Database database, IMediaStore media, PhotoDecoder decoder, IFaceEngine engine, IFaceCollections collections, IOutbox outbox, TimeProvider clock)
    : IForwardedPhotos
{
    // In measured group photos, copies differ in up to 4 bits, 12 if a border was cropped; different photos in 20 or more.
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
                await FaceTable.NotDeniedAsync(session, stored, person),
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
            // A face that does not even warrant a question does not resemble the child: no question about a stranger.
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

        if (await VoteTable.TeachAsync(session, face, $"participant:{participant}", person, clock.GetUtcNow()))
            await outbox.SendAsync(session, new FaceQuestioned(stored, face, person, FaceQuestion.IsItTheChild));
        return true;
    }

    /// <summary>The most similar photo of the person's group that still exists; null if there is none.</summary>
    private static async Task<PhotoId?> NearestAsync(Session session, PersonId person, long hash)
    {
        var photos = await PhotoMoments.OfGroupOfAsync(session, person);
        var nearest = photos.MinBy(photo => PerceptualHash.Distance(photo.PerceptualHash, hash));
        return nearest is not null && PerceptualHash.Distance(nearest.PerceptualHash, hash) <= SamePhoto ? nearest.Id : null;
    }
}
