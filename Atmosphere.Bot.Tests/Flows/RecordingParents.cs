using System.Collections.Concurrent;
using Atmosphere.Recognition.Outbound;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>Parents who remember what they got.</summary>
internal sealed class RecordingParents : IParents
{
    public ConcurrentQueue<ParentNotice> Got { get; } = new();

    /// <summary>What happens when something is sent.</summary>
    public Func<ParentNotice, SendOutcome> Answer { get; set; } = _ => SendOutcome.Sent;

    public Task<SendOutcome> SendAsync(ParentNotice notice, CancellationToken cancellation)
    {
        Got.Enqueue(notice);
        return Task.FromResult(Answer(notice));
    }
}
