using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Telling;

/// <summary>Tells people privately what happened. The recipients and the words stand in the message's row of a table of notices.</summary>
internal sealed class Tell<TMessage>(NoticeRow<TMessage> row, Facts facts, IParents parents) : IStep<TMessage>
    where TMessage : IMessage
{
    public async Task<Effects> HandleAsync(TMessage message, CancellationToken cancellation)
    {
        var (told, mark) = await facts.Database.ReadAsync(async session => (await row.Notices(message, facts, session), await ErasureMark.ReadAsync(session)), cancellation);
        foreach (var notice in told.Notices)
        {
            if (await parents.SendAsync(notice with { Mark = mark }, cancellation) == SendOutcome.Outdated)
                throw new TryLaterException("Somebody was erased while the notice was composed.", TimeSpan.Zero);
        }

        return told.Then;
    }
}

/// <summary>One row of a table of notices.</summary>
/// <param name="Notices">What a message tells; it reads what it needs in the session.</param>
internal sealed record NoticeRow<TMessage>(Func<TMessage, Facts, Session, Task<Told>> Notices)
    where TMessage : IMessage;

/// <summary>What the rows look up.</summary>
internal sealed record Facts(Database Database, IRegistrations Registrations, Languages Languages);

/// <summary>Notices in the order in which they are sent, and what follows when all are sent.</summary>
internal sealed record Told(params IReadOnlyList<ParentNotice> Notices)
{
    public static Told Nobody => new();

    public Effects Then { get; init; } = Effects.None;
}
