using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Incoming;

/// <summary>
/// Counts codes that are none, by who typed them, by the group, and overall: of whom too many came within an hour, nothing is looked up for a
/// while. In memory alone: a restart is nothing that whoever guesses can bring about.
/// </summary>
internal sealed class CodeGuesses(TimeProvider clock)
{
    private const string Everybody = "";

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guesser, IReadOnlyDictionary<string, DateTimeOffset>> _wrong = new();

    /// <summary>Whether a code may be looked up; a turn that is worked on again may.</summary>
    /// <param name="by">Everybody who is counted for it.</param>
    /// <param name="turn">In which it was typed.</param>
    public bool MayTry(IEnumerable<Guesser> by, string turn) =>
        WithAll(by).All(one => Recent(_wrong.GetValueOrDefault(one)) is var recent && (recent.Count < one.MostAnHour || recent.ContainsKey(turn)));

    /// <summary>There is no such code.</summary>
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

/// <summary>Somebody, or a group, whose guesses are counted.</summary>
internal sealed record Guesser(string Id, int MostAnHour)
{
    public static Guesser Of(ParticipantId participant) => new($"participant {participant.Value}", 10);

    public static Guesser Of(GroupId group) => new($"group {group.Value}", 60);

    /// <summary>A chat that is linked with no group yet.</summary>
    public static Guesser OfChat(string channel, string chat) => new($"chat {channel}:{chat}", 10);
}
