namespace Atmosphere.Recognition.Storage;

/// <summary>The message that was worked on is no longer in the queue, or somebody else has it: what the step wanted must not be committed.</summary>
internal sealed class MessageGoneException(Envelope message)
    : Exception($"Message {message.Id} of queue '{message.Queue}' is no longer ours.");
