using System.Text.Json;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Messages and dead letters that name somebody. All of them are looked through once, outside the transaction that deletes: however many
/// wait, nobody waits for that.
/// </summary>
internal sealed class MessagesAbout(Database database, TimeProvider clock)
{
    // What other transactions stamped before the search began, and committed while it ran.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(5);

    /// <param name="ids">Whole ones; also as a part of an id that is made of several, such as "guardian-PERSON-PARTICIPANT".</param>
    public async Task<FoundMessages> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var since = (clock.GetUtcNow() - _margin).ToUnixTimeMilliseconds();
        return new FoundMessages(ids, since, await database.ReadAsync(session => FindAsync(session, ids, 0), cancellation));
    }

    /// <returns>How many there are.</returns>
    public static async Task<IReadOnlyList<FoundMessage>> FindAsync(Session session, IReadOnlyCollection<string> ids, long since)
    {
        // Also as JSON writes them: the plus of a number is escaped there.
        var wanted = ids.Concat(ids.Select(id => JsonEncodedText.Encode(id).ToString())).ToHashSet(StringComparer.Ordinal);
        return [.. (await MessageBodies.SinceAsync(session, since)).Where(message => Names(message.Body, wanted))];
    }

    private static bool Names(string body, HashSet<string> wanted)
    {
        var lookup = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
        var rest = body.AsSpan();
        while (rest.IndexOf('"') is >= 0 and var begin)
        {
            rest = rest[(begin + 1)..];
            var end = rest.IndexOf('"');
            if (end < 0)
                return false;
            if (IsOne(rest[..end], lookup))
                return true;
            rest = rest[(end + 1)..];
        }

        return false;
    }

    private static bool IsOne(ReadOnlySpan<char> text, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> wanted)
    {
        if (wanted.Contains(text))
            return true;
        foreach (var part in text.Split('-'))
        {
            if (text[part].Length < text.Length && wanted.Contains(text[part]))
                return true;
        }

        return false;
    }
}

/// <param name="Since">What is newer was not looked at, milliseconds since 1970-01-01 UTC.</param>
internal sealed record FoundMessages(IReadOnlyCollection<string> Ids, long Since, IReadOnlyList<FoundMessage> Found)
{
    /// <summary>Deletes them, and those that came meanwhile.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DeleteAsync(Session session)
    {
        var rows = 0;
        foreach (var one in Found.Concat(await MessagesAbout.FindAsync(session, Ids, Since)))
            rows += await MessageBodies.DeleteAsync(session, one);
        return rows;
    }
}
