using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Erasure;

/// <summary>Handles an erasure that failed permanently: operators are notified, and a replay of its dead letter continues it.</summary>
internal sealed class IncompleteErasures(TimeProvider clock)
{
    public Effects Of(ErasureId erasure, string step, Exception reason) => new Effects().Change(session => ErasureTable.GiveUpAsync(
        session, erasure, (reason as TracesLeftException)?.Count ?? 0,
        $"{step} gave up: {reason.Message} Remove the cause, then run 'atmosphere dead-letters replay'.", clock.GetUtcNow()));
}

/// <summary>The verification of an erasure found traces.</summary>
internal sealed class TracesLeftException(int count, string places) : Exception($"The search afterwards still finds {count} traces, in {places}.")
{
    public int Count { get; } = count;
}
