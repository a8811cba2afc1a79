using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Replies;

/// <summary>Calls the server of one channel with stored replies.</summary>
internal interface IReplyCarrier
{
    /// <summary>Such as botframework.</summary>
    string Channel { get; }

    /// <summary>Whether the channel can be asked what it has, and reports what becomes of it.</summary>
    bool CanAsk { get; }

    /// <summary>Everything that can fail before the channel is called.</summary>
    /// <exception cref="ChannelRefusesException">It must not be called, or what is shown is gone.</exception>
    /// <exception cref="ChatClosedException">It waits until the person writes.</exception>
    /// <exception cref="TryLaterException">It cannot be called now.</exception>
    Task<IPreparedReply> PrepareAsync(StoredReply reply, CancellationToken cancellation);

    /// <summary>Asks after a reply whose call had no end that we know of.</summary>
    /// <exception cref="TryLaterException">It does not say now.</exception>
    Task<ReplyTrace> FindAsync(StoredReply reply, CancellationToken cancellation);

    /// <summary>What a number of the channel means for a reply that did not arrive.</summary>
    Task<Undelivered> JudgeAsync(Session session, StoredReply reply, int? error);

    /// <summary>The channel said, now or in a report, what follows for the person.</summary>
    Task RememberAsync(Session session, StoredReply reply, Undelivered undelivered);
}

/// <summary>A reply that is ready to leave.</summary>
internal interface IPreparedReply : IDisposable
{
    /// <summary>A template stands for the words.</summary>
    bool IsTemplate { get; }

    /// <returns>The channel's id of the message; null where it has none.</returns>
    /// <exception cref="UndeliveredException">The channel says why it does not take it.</exception>
    /// <exception cref="ChannelRefusesException">The channel says no for good.</exception>
    /// <exception cref="TryLaterException">It did not take it, and may take it later.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether it took it.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time; nobody knows either.</exception>
    Task<string?> SendAsync(CancellationToken cancellation);
}

/// <param name="Kind">Whether the channel has it.</param>
/// <param name="VendorId">The channel's id of the message.</param>
internal sealed record ReplyTrace(TraceKind Kind, string? VendorId = null);

internal enum TraceKind
{
    /// <summary>The channel has it.</summary>
    Found,

    /// <summary>The channel does not have it.</summary>
    Missing,

    /// <summary>Nobody can tell.</summary>
    Unclear,
}

/// <param name="Kind">What to do.</param>
/// <param name="Reason">A sentence for operators, without personal data.</param>
internal sealed record Undelivered(UndeliveredKind Kind, string Reason);

internal enum UndeliveredKind
{
    /// <summary>It would be refused again.</summary>
    ForGood,

    /// <summary>It may be taken later.</summary>
    ForNow,

    /// <summary>The person did not write for too long: only a template is taken.</summary>
    Closed,

    /// <summary>The person wants nothing any more.</summary>
    OptedOut,
}

/// <summary>The channel says that it did not take it, and why.</summary>
internal sealed class UndeliveredException(Undelivered undelivered, TimeSpan rest) : Exception(undelivered.Reason)
{
    public Undelivered Undelivered { get; } = undelivered;

    /// <summary>How long it asks not to be called again.</summary>
    public TimeSpan Rest { get; } = rest;
}
