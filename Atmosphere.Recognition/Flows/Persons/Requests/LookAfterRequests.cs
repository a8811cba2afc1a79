using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Reminds teachers once, expires requests to parents, and asks about persons for whom no teacher was available before.</summary>
internal sealed class LookAfterRequests(IErasures erasures, TimeProvider clock) : IStep<Messages.LookAfterRequests>
{
    private static readonly TimeSpan _remindAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan _giveUpAfter = TimeSpan.FromDays(7);

    public Task<Effects> HandleAsync(Messages.LookAfterRequests message, CancellationToken cancellation) => Task.FromResult(new Effects()
        .Change(session => RequestTable.EndIdleConfirmationsAsync(session, clock.GetUtcNow()))
        .Change(RemindAsync)
        .Change(GiveUpAsync)
        .Change(AskAsync)
        .Change(LookAfterFacesAsync)
        .Change(session => UnconfirmedPersons.TellOperatorsAsync(session, clock.GetUtcNow())));

    private async Task RemindAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var request in await RequestTable.OpenUntilAsync(session, RequestKind.Confirmation, now - _remindAfter))
        {
            if (await RequestTable.RemindAsync(session, request.Id, now))
                await outbox.SendAsync(session, new RequestMade(request.Id, Again: true));
        }
    }

    private async Task GiveUpAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var request in await RequestTable.OpenUntilAsync(session, RequestKind.Guardian, now - _giveUpAfter))
        {
            if (await RequestTable.EndAsync(session, request.Id, RequestState.Expired, now))
                await outbox.SendAsync(session, new RequestEnded(request.Id));
        }

        foreach (var request in await RequestTable.OpenUntilAsync(session, RequestKind.LookAlike, now - _giveUpAfter))
        {
            if (!await RequestTable.EndAsync(session, request.Id, RequestState.Expired, now))
                continue;
            await outbox.SendAsync(session, new RequestEnded(request.Id));
            await erasures.RemovePersonAsync(session, request.Person, request.From);
        }
    }

    /// <summary>Expires held faces without an answer, and asks teachers who have joined since.</summary>
    private async Task LookAfterFacesAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var held in await HeldFaceTable.WaitingAsync(session))
        {
            if (held.CreatedAt <= (now - _giveUpAfter).ToUnixTimeMilliseconds())
                _ = await HeldFaces.DecideAsync(session, outbox, held.Id, allowed: false, now);
            else
                await HeldFaces.AskAsync(session, outbox, held, now);
        }
    }

    private async Task AskAsync(Session session, IOutbox outbox)
    {
        foreach (var person in await PersonTable.ToConfirmAsync(session))
        {
            if (await PersonTable.FindAsync(session, person) is { } row)
                await Confirmations.AskAsync(session, outbox, row, clock.GetUtcNow());
        }
    }
}
