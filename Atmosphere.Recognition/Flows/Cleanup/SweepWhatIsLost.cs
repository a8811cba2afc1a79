using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>One round of what has to look at everything. What fails in it is tried again in the next.</summary>
internal sealed class SweepWhatIsLost(Retention retention) : IStep<RunSweep>
{
    public async Task<Effects> HandleAsync(RunSweep message, CancellationToken cancellation)
    {
        await retention.SweepAsync(message.Due, cancellation);
        return Effects.None;
    }
}
