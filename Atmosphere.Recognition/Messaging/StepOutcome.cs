namespace Atmosphere.Recognition.Messaging;

/// <summary>The result of running a step on a message.</summary>
internal abstract record StepOutcome
{
    /// <summary>Handled: commit the effects and delete the message.</summary>
    public sealed record Done(Effects Effects) : StepOutcome;

    /// <summary>Failed: retry after a pause. One attempt is used up.</summary>
    public sealed record Rest(TimeSpan Delay, Exception Reason) : StepOutcome;

    /// <summary>The program is stopping: release the message unchanged.</summary>
    public sealed record Interrupted : StepOutcome;

    /// <summary>The disk is full: wait, then handle the message again. No attempt is used up.</summary>
    public sealed record NoSpace(Exception Reason) : StepOutcome;

    /// <summary>Hopeless or out of attempts: make it a dead letter and commit the step's give-up effects.</summary>
    /// <param name="Attempts">Failed attempts, including the last one.</param>
    public sealed record Dead(Exception Reason, int Attempts, Effects Effects) : StepOutcome;
}
