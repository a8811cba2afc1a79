using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>One retention run. Failures are retried in the next run.</summary>
internal sealed class ExpireWhatIsOld(Retention retention) : IStep<RunRetention>
{
    public async Task<Effects> HandleAsync(RunRetention message, CancellationToken cancellation)
    {
        await retention.ExpireAsync(message.Due, cancellation);
        return Effects.None;
    }
}
