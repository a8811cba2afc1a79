using System.Text.Json;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>
/// Finds messages and dead letters that contain given ids. The search runs once, outside the deleting transaction, so that nothing waits
/// for it, however long the queues are.
/// </summary>
internal sealed class MessagesAbout(Database database, TimeProvider clock)
{
    // Allowance for messages stamped before the search began and committed while it ran.
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(5);

    /// <param name="ids">Whole ids; also matched as parts of composite ids such as "guardian-PERSON-PARTICIPANT".</param>
    public async Task<FoundMessages> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var since = (clock.GetUtcNow() - _margin).ToUnixTimeMilliseconds();
        return new FoundMessages(ids, since, await database.ReadAsync(session => FindAsync(session, ids, 0), cancellation));
    }

    /// <returns>The matching messages.</returns>
    public static async Task<IReadOnlyList<FoundMessage>> FindAsync(Session session, IReadOnlyCollection<string> ids, long since)
    {
        // Also in JSON encoding, which escapes the plus of a phone number.
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

/// <param name="Since">Newer messages were not searched; milliseconds since 1970-01-01 UTC.</param>
internal sealed record FoundMessages(IReadOnlyCollection<string> Ids, long Since, IReadOnlyList<FoundMessage> Found)
{
    /// <summary>Deletes the messages found, and newer ones that match.</summary>
    /// <returns>The number of deleted messages.</returns>
    public async Task<int> DeleteAsync(Session session)
    {
        var rows = 0;
        foreach (var one in Found.Concat(await MessagesAbout.FindAsync(session, Ids, Since)))
            rows += await MessageBodies.DeleteAsync(session, one);
        return rows;
    }
}
