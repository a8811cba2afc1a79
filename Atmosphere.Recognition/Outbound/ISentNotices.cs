using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Outbound;

/// <summary>What the channels keep of the notices that they sent.</summary>
public interface ISentNotices
{
    /// <summary>Writes down what a channel reports of a message, in the transaction of the step that heard it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="outbox">For what is sent once more.</param>
    /// <param name="report">What the channel says.</param>
    /// <param name="isPhoto">It is the delivery of a photo: whoever called sends it once more.</param>
    /// <exception cref="TryLaterException">The sending has not ended yet.</exception>
    Task<ReportTaken> ReportAsync(Session session, IOutbox outbox, DeliveryReported report, bool isPhoto);
}

/// <param name="Kind">What the report means.</param>
/// <param name="Error">Why it failed, in words; null: it did not.</param>
/// <param name="Rest">How long to wait before it is sent once more.</param>
public sealed record ReportTaken(ReportKind Kind, string? Error = null, TimeSpan Rest = default);

public enum ReportKind
{
    /// <summary>No channel knows of the message.</summary>
    Unknown,

    /// <summary>It is about an attempt that counts no more.</summary>
    Past,

    /// <summary>It is about the message as it was sent last.</summary>
    Current,

    /// <summary>It did not arrive in this form, and is to be sent in another, or once more.</summary>
    Again,
}

/// <summary>No channel reports anything.</summary>
internal sealed class NoSentNotices : ISentNotices
{
    public Task<ReportTaken> ReportAsync(Session session, IOutbox outbox, DeliveryReported report, bool isPhoto) =>
        Task.FromResult(new ReportTaken(ReportKind.Unknown));
}
