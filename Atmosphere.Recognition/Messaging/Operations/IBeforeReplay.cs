using Atmosphere.Recognition.Messages;

namespace Atmosphere.Recognition.Messaging.Operations;

/// <summary>Repairs what a step wrote when it gave a message up, so that a replay of the message can succeed.</summary>
internal interface IBeforeReplay
{
    /// <summary>Plans the repair outside any transaction. The plan's effects are committed together with the replay.</summary>
    /// <param name="step">The box that gave the message up; other boxes may have copies of it.</param>
    /// <returns>Null if nothing needs repair.</returns>
    /// <exception cref="ReplayRefusedException">The message can no longer succeed; the exception says why.</exception>
    Task<ReplayPlan?> PlanAsync(IMessage message, StepRow step, CancellationToken cancellation);
}

/// <param name="Effects">The repair.</param>
/// <param name="Instead">True if the effects restart the work themselves, so that the message is not sent again.</param>
internal sealed record ReplayPlan(Effects Effects, bool Instead);

/// <summary>A dead letter or a photo cannot be replayed. The message says why and what to do.</summary>
public sealed class ReplayRefusedException(string message, Exception? cause = null) : Exception(message, cause);
