using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>
/// Limits guessing of codes: counts wrong codes by sender, by group and overall, and blocks look-ups for a while after too many within an
/// hour. Kept in memory: a restart clears the counts, but a guesser cannot cause one.
/// </summary>
internal sealed class CodeGuesses(TimeProvider clock)
{
    private const string Everybody = "";

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guesser, IReadOnlyDictionary<string, DateTimeOffset>> _wrong = new();

    /// <summary>Whether a code may be looked up; always true for a retry of a turn that was counted.</summary>
    /// <param name="by">All senders and groups that the attempt counts for.</param>
    /// <param name="turn">The turn in which the code was typed.</param>
    public bool MayTry(IEnumerable<Guesser> by, string turn) =>
        WithAll(by).All(one => Recent(_wrong.GetValueOrDefault(one)) is var recent && (recent.Count < one.MostAnHour || recent.ContainsKey(turn)));

    /// <summary>Counts a wrong code.</summary>
    public void WasWrong(IEnumerable<Guesser> by, string turn)
    {
        foreach (var one in WithAll(by))
        {
            _ = _wrong.AddOrUpdate(
                one, _ => new Dictionary<string, DateTimeOffset> { [turn] = clock.GetUtcNow() },
                (_, before) => new Dictionary<string, DateTimeOffset>(Recent(before)) { [turn] = clock.GetUtcNow() });
        }

        foreach (var old in _wrong.Where(one => Recent(one.Value).Count == 0))
            _ = _wrong.TryRemove(old);
    }

    private static IEnumerable<Guesser> WithAll(IEnumerable<Guesser> by) => by.Append(new Guesser(Everybody, 600));

    private Dictionary<string, DateTimeOffset> Recent(IReadOnlyDictionary<string, DateTimeOffset>? all) =>
        all?.Where(one => clock.GetUtcNow() - one.Value < _hour).ToDictionary() ?? [];
}

/// <summary>A sender, group or chat whose wrong codes are counted.</summary>
internal sealed record Guesser(string Id, int MostAnHour)
{
    public static Guesser Of(ParticipantId participant) => new($"participant {participant.Value}", 10);

    public static Guesser Of(GroupId group) => new($"group {group.Value}", 60);

    /// <summary>A chat that is not linked with a group yet.</summary>
    public static Guesser OfChat(string channel, string chat) => new($"chat {channel}:{chat}", 10);
}
