using Atmosphere.Recognition.Domain;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp;

/// <summary>
/// Limits the photos per hour of each member of a group, so that one member does not delay the others. Kept in memory, like the senders'
/// rate limits: a restart resets the shares.
/// </summary>
internal sealed class AuthorShares(IOptions<GroupOptions> options)
{
    // About 5 kilobytes per member who posts.
    private const int MostAuthors = 10_000;

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan _apart = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Dictionary<(GroupId, string), Posted> _authors = [];

    /// <summary>Counts a photo; a repeated one keeps its place.</summary>
    /// <param name="author">Hash of the sender; unknown senders have one share together.</param>
    /// <param name="photo">Its source id.</param>
    /// <returns>How long it waits in addition to the group's own limit; null: within the share.</returns>
    public TimeSpan? Take(GroupId group, string author, string photo, DateTimeOffset now)
    {
        var share = options.Value.PhotosPerHourOfOne;
        lock (_gate)
        {
            if (!_authors.TryGetValue((group, author), out var posted))
            {
                MakeRoom(now);
                _authors.Add((group, author), posted = new Posted(now));
            }

            posted.Open(now, share);
            if (!posted.Places.TryGetValue(photo, out var place))
                posted.Places.Add(photo, place = posted.Next++);
            var (hours, rank) = ((place - posted.First) / share, (place - posted.First) % share);
            return hours <= 0 ? null : posted.Began + (hours * _hour) + (rank * _apart) - now;
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_authors.Count < MostAuthors)
            return;
        foreach (var quiet in _authors.Where(author => now - author.Value.Began >= _hour).Select(author => author.Key).ToList())
            _authors.Remove(quiet);
        if (_authors.Count >= MostAuthors)
            _authors.Clear();
    }

    private sealed class Posted(DateTimeOffset began)
    {
        public DateTimeOffset Began { get; private set; } = began;

        /// <summary>The first place of the current hour.</summary>
        public int First { get; private set; }

        public int Next { get; set; }

        /// <summary>The places by the photos' source ids.</summary>
        public Dictionary<string, int> Places { get; } = new(StringComparer.Ordinal);

        /// <summary>Starts the hours that have begun since; waiting photos go first in each.</summary>
        public void Open(DateTimeOffset now, int share)
        {
            while (now - Began >= _hour && First + share < Next)
                (Began, First) = (Began + _hour, First + share);
            if (now - Began < _hour)
                return;
            (Began, First, Next) = (now, 0, 0);
            Places.Clear();
        }
    }
}
