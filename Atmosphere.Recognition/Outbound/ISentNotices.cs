using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Outbound;

/// <summary>The channels' records of the notices that they sent.</summary>
public interface ISentNotices
{
    /// <summary>Records a channel's delivery report, in the transaction of the calling step.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="outbox">Sends the notice again if necessary.</param>
    /// <param name="report">The report.</param>
    /// <param name="isPhoto">True for the delivery of a photo: the caller sends it again itself.</param>
    /// <exception cref="TryLaterException">The send is still in progress.</exception>
    Task<ReportTaken> ReportAsync(Session session, IOutbox outbox, DeliveryReported report, bool isPhoto);
}

/// <param name="Kind">The meaning of the report.</param>
/// <param name="Error">Why the message failed, in words; null: it did not fail.</param>
/// <param name="Rest">How long to wait before the message is sent again.</param>
public sealed record ReportTaken(ReportKind Kind, string? Error = null, TimeSpan Rest = default);

public enum ReportKind
{
    /// <summary>No channel knows of the message.</summary>
    Unknown,

    /// <summary>The report concerns an attempt that was superseded.</summary>
    Past,

    /// <summary>The report concerns the latest attempt.</summary>
    Current,

    /// <summary>The message did not arrive and must be sent again, possibly in another form.</summary>
    Again,
}

/// <summary>No channel reports anything.</summary>
internal sealed class NoSentNotices : ISentNotices
{
    public Task<ReportTaken> ReportAsync(Session session, IOutbox outbox, DeliveryReported report, bool isPhoto) =>
        Task.FromResult(new ReportTaken(ReportKind.Unknown));
}
