using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Removes a person from the face collection, so that no face is named any more. Before that the faces to delete are recorded durably, in
/// the log and in the tables, so that a crash loses none of them.
/// </summary>
internal sealed class DeleteUser(
    Database database, PersonFaces faces, IFaceCollections collections, ErasureLog log, ErasedVectors vectors, IncompleteErasures givenUp, TimeProvider clock)
    : IStep<Messages.DeleteUser>, IOnExhausted<Messages.DeleteUser>
{
    // A photo that hangs must not delay the erasure for longer, nor words that cannot be stored.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public async Task<Effects> HandleAsync(Messages.DeleteUser message, CancellationToken cancellation)
    {
        var (erasure, person) = (message.Erasure, message.Person);
        if (await database.ReadAsync(session => PersonTable.GroupAsync(session, person), cancellation) is not { } group)
            return Effects.None;

        await LetRefusalBeToldAsync(erasure, person, cancellation);
        await LetPhotosEndAsync(erasure, group, cancellation);
        var collection = CollectionId.Of(group);
        var learned = await faces.LearnedAsync(collection, person, cancellation);
        if (learned.Count > 0 && await faces.VectorsAsync(collection, person, cancellation) is { Count: > 0 } known)
            vectors.Keep(erasure, collection, person, known);
        var inPhotos = await faces.InPhotosAsync(group, person, cancellation);

        await log.AppendAsync(
            new Tombstone(
                clock.GetUtcNow().ToUnixTimeMilliseconds(), "person", erasure.Value, person.Value,
                [.. learned.Select(face => face.Value), .. inPhotos.Select(face => face.FaceId.Value)]),
            cancellation);
        await database.WriteAsync(
            async session =>
            {
                await ErasureTable.KeepAsync(session, erasure, collection, learned);
                await ErasureTable.KeepAsync(session, erasure, inPhotos);
            },
            cancellation);
        await IfThereAsync(() => collections.DeleteUserAsync(collection, person, cancellation));
        return new Effects().Change(async (session, outbox) =>
        {
            if (await ErasureTable.AdvanceAsync(session, erasure, step: 1))
                await outbox.SendAsync(session, new Messages.DeleteFaces(erasure, person, message.Receiver));
        });
    }

    public Effects Exhausted(Messages.DeleteUser message, Exception reason) => givenUp.Of(message.Erasure, nameof(DeleteUser), reason);

    internal static async Task IfThereAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (CollectionNotFoundException)
        {
            // Then there is nothing to delete.
        }
    }

    /// <summary>Waits until the parent of a refused registration is told: later the name may not be stored any more, and nothing is told.</summary>
    private async Task LetRefusalBeToldAsync(ErasureId erasure, PersonId person, CancellationToken cancellation)
    {
        var waits = await database.ReadAsync(
            async session => await ErasureTable.AskedAtAsync(session, erasure) is { } asked && asked > clock.GetUtcNow() - _patience
                && await RequestTable.IsRefusalUntoldAsync(session, person),
            cancellation);
        if (waits)
            throw new TryLaterException("The parent is told first that the registration was refused.", TimeSpan.FromMilliseconds(100));
    }

    /// <summary>
    /// Waits for photos being recognised now, which may show the person: once their faces have vectors, they are found here.
    /// </summary>
    private async Task LetPhotosEndAsync(ErasureId erasure, GroupId group, CancellationToken cancellation)
    {
        var waits = await database.ReadAsync(
            async session => await ErasureTable.AskedAtAsync(session, erasure) is { } asked && asked > clock.GetUtcNow() - _patience
                ? await PhotoTable.CountUnderWayAsync(session, group, asked)
                : 0,
            cancellation);
        if (waits > 0)
            throw new TryLaterException($"{waits} photos of the group are still being recognised.", TimeSpan.FromSeconds(1));
    }
}
