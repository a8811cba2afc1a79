namespace Atmosphere.Recognition.Storage;

/// <param name="Number">Number of its row.</param>
internal sealed record ClaimedMessage(long Number, Envelope Envelope);
