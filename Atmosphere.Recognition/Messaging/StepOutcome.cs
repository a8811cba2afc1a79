namespace Atmosphere.Recognition.Messaging;

/// <summary>What becomes of a message that a step worked on.</summary>
internal abstract record StepOutcome
{
    /// <summary>Handled: commit what it wants, and the message is gone.</summary>
    public sealed record Done(Effects Effects) : StepOutcome;

    /// <summary>Failed: try again after a rest; one attempt is used up.</summary>
    public sealed record Rest(TimeSpan Delay, Exception Reason) : StepOutcome;

    /// <summary>The program stops: give the message back as it was.</summary>
    public sealed record Interrupted : StepOutcome;

    /// <summary>Nothing is wrong with the message, but there is no space to work: wait, then work on it again.</summary>
    public sealed record NoSpace(Exception Reason) : StepOutcome;

    /// <summary>Hopeless or exhausted: to the dead letters, with what the step does then.</summary>
    /// <param name="Attempts">That failed, with the last one.</param>
    public sealed record Dead(Exception Reason, int Attempts, Effects Effects) : StepOutcome;
}
