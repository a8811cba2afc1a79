using System.Collections.Concurrent;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Conversations.Codes;

/// <summary>
/// Who types codes that are none, again and again, is looked up for no more for a while. In memory alone: a restart is nothing that whoever
/// guesses can bring about.
/// </summary>
internal sealed class CodeGuesses(TimeProvider clock)
{
    private const int MostAnHour = 10;
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ParticipantId, IReadOnlyDictionary<string, DateTimeOffset>> _wrong = new();

    /// <summary>Whether the code in a turn may be looked up; a turn that is worked on again may.</summary>
    public bool MayTry(ParticipantId participant, string turn) =>
        Recent(_wrong.GetValueOrDefault(participant)) is var recent && (recent.Count < MostAnHour || recent.ContainsKey(turn));

    /// <summary>There is no such code.</summary>
    public void WasWrong(ParticipantId participant, string turn)
    {
        _ = _wrong.AddOrUpdate(
            participant, _ => new Dictionary<string, DateTimeOffset> { [turn] = clock.GetUtcNow() },
            (_, before) => new Dictionary<string, DateTimeOffset>(Recent(before)) { [turn] = clock.GetUtcNow() });
        foreach (var old in _wrong.Where(one => Recent(one.Value).Count == 0))
            _ = _wrong.TryRemove(old);
    }

    private Dictionary<string, DateTimeOffset> Recent(IReadOnlyDictionary<string, DateTimeOffset>? all) =>
        all?.Where(one => clock.GetUtcNow() - one.Value < _hour).ToDictionary() ?? [];
}
