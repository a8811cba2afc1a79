namespace Atmosphere.Recognition.Storage;

/// <summary>The message is gone from the queue, or another worker has it: the step's effects must not be committed.</summary>
internal sealed class MessageGoneException(Envelope message)
    : Exception($"Message {message.Id} of queue '{message.Queue}' is no longer ours.");
