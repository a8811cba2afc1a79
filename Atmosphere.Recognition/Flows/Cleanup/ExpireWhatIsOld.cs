using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Cleanup;

/// <summary>One round of retention. What fails in it is tried again in the next.</summary>
internal sealed class ExpireWhatIsOld(Retention retention) : IStep<RunRetention>
{
    public async Task<Effects> HandleAsync(RunRetention message, CancellationToken cancellation)
    {
        await retention.ExpireAsync(message.Due, cancellation);
        return Effects.None;
    }
}
