namespace Atmosphere.Recognition.Storage;

/// <param name="Number">Of its row.</param>
internal sealed record ClaimedMessage(long Number, Envelope Envelope);
