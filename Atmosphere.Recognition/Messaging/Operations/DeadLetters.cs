using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging.Operations;

/// <summary>Lists, replays and drops dead letters. Works beside a running server.</summary>
public sealed class DeadLetters
{
    private readonly FlowTables _flows;
    private readonly Database _database;
    private readonly IOutbox _outbox;
    private readonly MessageTable _table;
    private readonly QueueSignals _signals;
    private readonly IEnumerable<IBeforeReplay> _rules;

    internal DeadLetters(
        FlowTables flows, Database database, IOutbox outbox, MessageTable table, QueueSignals signals, IEnumerable<IBeforeReplay> rules) =>
        (_flows, _database, _outbox, _table, _signals, _rules) = (flows, database, outbox, table, signals, rules);

    /// <summary>Counts the dead letters.</summary>
    /// <param name="queue">Only this queue; null: all queues.</param>
    public Task<long> CountAsync(string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.CountAsync(session, queue), cancellation);

    /// <summary>The most recent dead letters, newest first.</summary>
    /// <param name="queue">Only this queue; null: all queues.</param>
    /// <param name="limit">Maximum number of dead letters.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(string? queue, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.ListAsync(session, queue, limit), cancellation);

    /// <summary>The keys of all dead letters in the order their messages were sent, so that a replay keeps that order.</summary>
    /// <returns>Keys only: all dead letters with their stack traces may not fit in memory.</returns>
    public Task<IReadOnlyList<DeadLetterKey>> InOrderAsync(string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.InOrderAsync(session, queue), cancellation);

    /// <summary>The dead letters of one message, one for each queue that gave it up.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAsync(string id, string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.FindAsync(session, id, queue), cancellation);

    /// <summary>Dead letters whose message contains the id of a photo or of one of its deliveries.</summary>
    /// <param name="keys">Ids to look for.</param>
    public Task<IReadOnlyList<DeadLetter>> MentioningAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.MentioningAsync(session, keys), cancellation);

    /// <summary>
    /// Sends the message again with a fresh count of attempts and removes the dead letter, in one transaction. First repairs what the step
    /// wrote when it gave up.
    /// </summary>
    /// <returns>False if the dead letter was replayed or dropped before.</returns>
    /// <exception cref="ReplayRefusedException">The message would fail again at once; the dead letter stays.</exception>
    public async Task<bool> ReplayAsync(DeadLetter letter, CancellationToken cancellation = default)
    {
        Correlation.Continue(letter.CorrelationId);
        if (!await IsThereAsync(letter, cancellation))
            return false;

        var plans = await PlansAsync(letter, cancellation);
        var replayed = await _database.WriteAsync(
            async session =>
            {
                if (!await DeadLetterTable.DeleteAsync(session, letter.Key))
                    return false;

                foreach (var plan in plans)
                    await plan.Effects.ApplyAsync(session, _outbox);
                if (!plans.Exists(plan => plan.Instead))
                    await _table.InsertAsync(session, Envelope(letter), TimeSpan.Zero);
                session.AfterCommit(() => _signals.Of(letter.Queue).Set());
                return true;
            },
            cancellation);
        foreach (var plan in replayed ? plans : [])
            await plan.Effects.FinishAsync();
        return replayed;
    }

    /// <inheritdoc cref="ReplayAsync(DeadLetter, CancellationToken)"/>
    public async Task<bool> ReplayAsync(DeadLetterKey key, CancellationToken cancellation = default) =>
        await FindAsync(key.Id, key.Queue, cancellation) is [var letter] && await ReplayAsync(letter, cancellation);

    /// <summary>Removes the dead letter. Its message is never handled.</summary>
    /// <returns>False if it was removed before.</returns>
    public Task<bool> DropAsync(DeadLetterKey key, CancellationToken cancellation = default) =>
        _database.WriteAsync(session => DeadLetterTable.DeleteAsync(session, key), cancellation);

    private static Envelope Envelope(DeadLetter letter) => new()
    {
        Id = letter.Id,
        Queue = letter.Queue,
        Type = letter.Type,
        Body = letter.Body,
        CorrelationId = letter.CorrelationId,
        OrderKey = letter.OrderKey,
    };

    private (IMessage Message, StepRow Step) Read(DeadLetter letter)
    {
        var row = _flows.Find(letter.Queue, letter.Type)
            ?? throw new ReplayRefusedException($"No step of this version handles {letter.ShortType} from queue '{letter.Queue}'. Drop it, or replay it with the version that sent it.");
        try
        {
            return (MessageJson.Read(letter.Body, row.MessageType), row);
        }
        catch (HopelessException unreadable)
        {
            throw new ReplayRefusedException($"{unreadable.Message} It would die again at once: drop it.", unreadable);
        }
    }

    private async Task<bool> IsThereAsync(DeadLetter letter, CancellationToken cancellation) =>
        (await FindAsync(letter.Id, letter.Queue, cancellation)).Count > 0;

    private async Task<List<ReplayPlan>> PlansAsync(DeadLetter letter, CancellationToken cancellation)
    {
        var (message, step) = Read(letter);
        var plans = new List<ReplayPlan>();
        foreach (var rule in _rules)
        {
            if (await rule.PlanAsync(message, step, cancellation) is { } plan)
                plans.Add(plan);
        }

        return plans;
    }
}
