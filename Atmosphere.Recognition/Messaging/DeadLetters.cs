using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging.Embedded;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Messages that were given up: operators look at them, send them again, or drop them. Works beside a running server.</summary>
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

    /// <summary>How many there are.</summary>
    /// <param name="queue">Of this queue only; null: of all.</param>
    public Task<long> CountAsync(string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.CountAsync(session, queue), cancellation);

    /// <summary>The ones that died last, newest first.</summary>
    /// <param name="queue">Of this queue only; null: of all.</param>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(string? queue, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.ListAsync(session, queue, limit), cancellation);

    /// <summary>All of them in the order in which they were sent, so that replaying them keeps that order.</summary>
    /// <returns>Their names only: with their stacks they may be more than the memory holds.</returns>
    public Task<IReadOnlyList<DeadLetterKey>> InOrderAsync(string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.InOrderAsync(session, queue), cancellation);

    /// <summary>The copies of one message, one a queue that gave it up.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAsync(string id, string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.FindAsync(session, id, queue), cancellation);

    /// <summary>Those whose message names a photo or a delivery of it.</summary>
    /// <param name="keys">Ids.</param>
    public Task<IReadOnlyList<DeadLetter>> MentioningAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation = default) =>
        _database.ReadAsync(session => DeadLetterTable.MentioningAsync(session, keys), cancellation);

    /// <summary>
    /// Sends the message again with a fresh count of attempts, and removes the dead letter, in one transaction. What its step wrote when it gave
    /// up is put right first.
    /// </summary>
    /// <returns>False where the dead letter is gone: somebody replayed or dropped it before.</returns>
    /// <exception cref="ReplayRefusedException">It would die again at once; it stays where it is.</exception>
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

    /// <summary>Removes the dead letter; its message is never handled.</summary>
    /// <returns>False where it is gone already.</returns>
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
