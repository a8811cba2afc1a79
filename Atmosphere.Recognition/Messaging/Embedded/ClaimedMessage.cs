namespace Atmosphere.Recognition.Messaging.Embedded;

/// <param name="Number">Of its row.</param>
internal sealed record ClaimedMessage(long Number, Envelope Envelope);
