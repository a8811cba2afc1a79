using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Embedded;

/// <summary>Writes one row for each queue that receives the message, in the sender's transaction.</summary>
internal sealed class EmbeddedOutbox(FlowTables flows, MessageTable table, QueueSignals signals, IServiceProvider services) : IOutbox
{
    public async Task SendAsync(Session session, IMessage message, TimeSpan delay = default)
    {
        var type = message.GetType();
        var rows = flows.HandlersOf(type);
        if (rows.Count == 0)
            throw new InvalidOperationException($"No flow handles {type.Name}. Add a row for it to a flow table.");

        var id = Guid.CreateVersion7().ToString("N");
        var (body, correlation) = (MessageJson.Write(message), Correlation.Current);
        foreach (var row in rows.Where(row => row.Wanted(services)))
        {
            var envelope = new Envelope
            {
                Id = id,
                Queue = row.Queue,
                Type = type.FullName!,
                Body = body,
                CorrelationId = correlation,
                OrderKey = message.OrderKey,
            };
            await table.InsertAsync(session, envelope, delay);
            session.AfterCommit(() => signals.Of(row.Queue).Set());
        }
    }
}
