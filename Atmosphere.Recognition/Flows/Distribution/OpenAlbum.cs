using System.Globalization;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Distribution;

/// <summary>Sends the heading of an album, then releases its photos; each one is checked again before it is sent.</summary>
internal sealed class OpenAlbum(Database database, IParents parents) : IStep<SendAlbum>, IOnExhausted<SendAlbum>
{
    public async Task<Effects> HandleAsync(SendAlbum message, CancellationToken cancellation)
    {
        var (photos, mark) = await database.ReadAsync(async session => (await ChildrenAsync(session, message), await ErasureMark.ReadAsync(session)), cancellation);
        if (photos.Count == 0)
            return Effects.None;

        var shown = photos.Where(children => children.Count > 0).ToList();
        if (shown.Count > 0)
        {
            var values = new Dictionary<string, string>
            {
                ["count"] = shown.Count.ToString(CultureInfo.InvariantCulture),
                ["names"] = string.Join(", ", shown.SelectMany(children => children).Select(child => child.Name).Distinct(StringComparer.Ordinal)),
            };
            // The photos are sent whatever happens to the heading.
            var notice = new ParentNotice(message.Album, message.Participant, shown.Count == 1 ? "photo.album-of-one" : "photo.album", values, null)
            {
                Mark = mark,
            };
            if (await parents.SendAsync(notice, cancellation) == SendOutcome.Outdated)
                throw new TryLaterException("Somebody was erased while the heading was composed.", TimeSpan.Zero);
        }

        return LetGo(message);
    }

    public Effects Exhausted(SendAlbum message, Exception reason) => LetGo(message);

    private static Effects LetGo(SendAlbum message) => new Effects().Change(async (session, outbox) =>
    {
        foreach (var delivery in await AlbumDeliveries.OpenAlbumAsync(session, message.Album))
            await outbox.SendAsync(session, new SendMedia(delivery, message.Participant));
    });

    /// <summary>For each photo the children for whom it may be sent; empty if it may no longer be sent.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<PersonName>>> ChildrenAsync(Session session, SendAlbum message)
    {
        var photos = await AlbumDeliveries.OfAlbumAsync(session, message.Album);
        var children = new List<IReadOnlyList<PersonName>>();
        foreach (var photo in photos)
            children.Add(await DistributionTable.ChildrenAsync(session, photo, message.Participant));
        return children;
    }
}
