using Atmosphere.Recognition.Messages;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Knows what a step wrote when it gave a message up, and puts that right, so that the message can succeed when it is replayed.</summary>
internal interface IBeforeReplay
{
    /// <summary>Looks, outside any transaction; what it wants is committed together with the replay.</summary>
    /// <param name="step">The box that gave it up; others may have copies of the same message.</param>
    /// <returns>Null where nothing has to be put right.</returns>
    /// <exception cref="ReplayRefusedException">The message cannot succeed any more; the sentence says why.</exception>
    Task<ReplayPlan?> PlanAsync(IMessage message, StepRow step, CancellationToken cancellation);
}

/// <param name="Effects">What puts things right.</param>
/// <param name="Instead">True where they also send what begins the work again, in place of the message itself.</param>
internal sealed record ReplayPlan(Effects Effects, bool Instead);

/// <summary>A dead letter, or a photo, that cannot begin again; the sentence says why and what to do.</summary>
public sealed class ReplayRefusedException(string message, Exception? cause = null) : Exception(message, cause);
