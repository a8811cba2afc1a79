using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>One run of the kinds that scan everything. Failures are retried in the next run.</summary>
internal sealed class SweepWhatIsLost(Retention retention) : IStep<RunSweep>
{
    public async Task<Effects> HandleAsync(RunSweep message, CancellationToken cancellation)
    {
        await retention.SweepAsync(message.Due, cancellation);
        return Effects.None;
    }
}
