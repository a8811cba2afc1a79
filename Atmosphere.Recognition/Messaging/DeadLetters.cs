using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging.Embedded;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Messages that were given up: operators look at them, send them again, or drop them. Works beside a running server.</summary>
public sealed class DeadLetters
{
    private const string Columns = "id, queue, type, body, correlation_id, order_key, attempts, crashes, sent_at, died_at, reason, stack";

    private const int MostConditions = 100;

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
        _database.ReadAsync(
            session => session.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM dead_letters WHERE CAST(@queue AS TEXT) IS NULL OR queue = @queue", new { queue }),
            cancellation);

    /// <summary>The ones that died last, newest first.</summary>
    /// <param name="queue">Of this queue only; null: of all.</param>
    /// <param name="limit">At most so many.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(string? queue, int limit, CancellationToken cancellation = default) =>
        _database.ReadAsync(
            session => session.QueryAsync<DeadLetter>(
                $"SELECT {Columns} FROM dead_letters WHERE CAST(@queue AS TEXT) IS NULL OR queue = @queue ORDER BY died_at DESC, id DESC LIMIT @limit", new { queue, limit }),
            cancellation);

    /// <summary>All of them in the order in which they were sent, so that replaying them keeps that order.</summary>
    /// <returns>Their names only: with their stacks they may be more than the memory holds.</returns>
    public Task<IReadOnlyList<DeadLetterKey>> InOrderAsync(string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(
            session => session.QueryAsync<DeadLetterKey>(
                $"SELECT id, queue FROM dead_letters WHERE CAST(@queue AS TEXT) IS NULL OR queue = @queue ORDER BY sent_at, id", new { queue }),
            cancellation);

    /// <summary>The copies of one message, one a queue that gave it up.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAsync(string id, string? queue, CancellationToken cancellation = default) =>
        _database.ReadAsync(
            session => session.QueryAsync<DeadLetter>(
                $"SELECT {Columns} FROM dead_letters WHERE id = @id AND (CAST(@queue AS TEXT) IS NULL OR queue = @queue) ORDER BY queue", new { id, queue }),
            cancellation);

    /// <summary>Those whose message names a photo or a delivery of it.</summary>
    /// <param name="keys">Ids.</param>
    public async Task<IReadOnlyList<DeadLetter>> MentioningAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation = default)
    {
        // A photo of a crowd has hundreds of keys, and a database allows only so many conditions at once.
        var found = new Dictionary<(string, string), DeadLetter>();
        foreach (var some in keys.Chunk(MostConditions))
        {
            var arguments = some.Index().ToDictionary(key => $"k{key.Index}", object (key) => $"%{key.Item}%");
            var mentioned = string.Join(" OR ", arguments.Keys.Select(name => $"body LIKE @{name}"));
            foreach (var letter in await _database.ReadAsync(
                session => session.QueryAsync<DeadLetter>($"SELECT {Columns} FROM dead_letters WHERE {mentioned}", arguments), cancellation))
                found[(letter.Id, letter.Queue)] = letter;
        }

        return [.. found.Values.OrderBy(letter => letter.DiedAt).ThenBy(letter => letter.Id, StringComparer.Ordinal)];
    }

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
                if (!await DeleteAsync(session, letter.Key))
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
        _database.WriteAsync(session => DeleteAsync(session, key), cancellation);

    private static async Task<bool> DeleteAsync(Session session, DeadLetterKey key) =>
        await session.ExecuteAsync("DELETE FROM dead_letters WHERE id = @Id AND queue = @Queue", key) > 0;

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

/// <summary>Which dead letter is meant: one message may have been given up by several queues.</summary>
public sealed record DeadLetterKey
{
    /// <summary>Of the message.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";
}

/// <summary>A message that was given up, as it was sent.</summary>
public sealed record DeadLetter
{
    /// <summary>Of the message; its copies in other queues have the same.</summary>
    public string Id { get; init; } = "";

    /// <summary>The queue whose step gave it up.</summary>
    public string Queue { get; init; } = "";

    /// <summary>Full name of the record.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON: keys only.</summary>
    public string Body { get; init; } = "";

    public string CorrelationId { get; init; } = "";

    public string? OrderKey { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Deaths of the program while it worked on it.</summary>
    public int Crashes { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long SentAt { get; init; }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long DiedAt { get; init; }

    /// <summary>The last failure in a sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The last failure with its stack.</summary>
    public string Stack { get; init; } = "";

    /// <summary>Which one it is.</summary>
    public DeadLetterKey Key => new() { Id = Id, Queue = Queue };

    /// <summary>The record without its namespace.</summary>
    public string ShortType => Type[(Type.LastIndexOf('.') + 1)..];
}
