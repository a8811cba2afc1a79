using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>
/// A person lost faces that were wrong: the names that searches gave since are looked at again, oldest photo first. Each photo is
/// committed by itself: whoever begins again after a crash finds less to do.
/// </summary>
internal sealed class LookAgain(Database database, IFaceCollections collections, NamesInDoubt names) : IStep<PersonUntaught>
{
    // At most some hundred faces in memory.
    private const int Photos = 50;

    public async Task<Effects> HandleAsync(PersonUntaught message, CancellationToken cancellation)
    {
        var version = await collections.VersionAsync(CollectionId.Of(message.Group), cancellation);
        await database.WriteAsync(session => BeginAsync(session, message.Group, version), cancellation);
        try
        {
            var from = PhotoAt.Start;
            while (await database.ReadAsync(session => NextAsync(session, message, from), cancellation) is { Count: > 0 } photos)
            {
                foreach (var photo in photos)
                    await names.LookAsync(message.Group, photo.Id, message.Person, message.Since, cancellation);
                from = photos[^1];
            }
        }
        catch (CollectionNotFoundException)
        {
            // The group ends just now.
        }

        return Effects.None;
    }

    /// <summary>From here on names that are still to be given by an older search are looked at again when their photo goes out: <see cref="DistributionGate"/>.</summary>
    private static Task<int> BeginAsync(Session session, GroupId group, long version) =>
        session.ExecuteAsync(
            "UPDATE groups SET matching_version = @version WHERE id = @group AND matching_version < @version AND ended_at IS NULL AND erasing = 0",
            new { group, version });

    private static Task<IReadOnlyList<PhotoAt>> NextAsync(Session session, PersonUntaught message, PhotoAt from) =>
        session.QueryAsync<PhotoAt>(
            $"""
            SELECT p.id, p.received_at FROM photos p
            WHERE p.group_id = @Group AND p.received_at >= @ReceivedAt AND (p.received_at > @ReceivedAt OR p.id > @Id) AND p.expired_at IS NULL
                AND EXISTS (SELECT 1 FROM faces f WHERE f.photo_id = p.id AND f.person_id = @Person AND f.decided_at >= @since AND {NamesInDoubt.BySearch})
            ORDER BY p.received_at, p.id LIMIT @Photos
            """,
            new { message.Group, message.Person, since = message.Since.ToUnixTimeMilliseconds(), from.ReceivedAt, from.Id, Photos });
}
