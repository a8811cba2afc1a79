using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Reminds teachers once, expires requests to parents, and asks about persons for whom no teacher was available before.</summary>
internal sealed class LookAfterRequests(IErasures erasures, IMediaStore media, IColleagues colleagues, IOptions<LearningGateOptions> options, TimeProvider clock)
    : IStep<Messages.LookAfterRequests>
{
    private static readonly TimeSpan _remindAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);
    private static readonly TimeSpan _giveUpAfter = TimeSpan.FromDays(7);

    public Task<Effects> HandleAsync(Messages.LookAfterRequests message, CancellationToken cancellation)
    {
        var files = new List<MediaKey>();
        return Task.FromResult(HandleAll(files).Afterwards(() => Task.WhenAll(files.Select(file => media.DeleteAsync(file, CancellationToken.None)))));
    }

    private Effects HandleAll(List<MediaKey> files) => new Effects()
        .Change(session => RequestTable.EndIdleConfirmationsAsync(session, clock.GetUtcNow()))
        .Change(RemindAsync)
        .Change(GiveUpAsync)
        .Change(AskAsync)
        .Change(LookAfterFacesAsync)
        .Change(EndPostsAsync)
        .Change(CheckMatchesAsync)
        .Change(AskForPhotosAsync)
        .Change((session, outbox) => EndDecidedAsync(session, outbox, files))
        .Change(LookAgainAsync)
        .Change(session => UnconfirmedPersons.TellOperatorsAsync(session, clock.GetUtcNow()));

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
    }

    /// <summary>Registrations whose decision cannot be undone any more: the refused ones are removed, the pictures of the others are deleted.</summary>
    private async Task EndDecidedAsync(Session session, IOutbox outbox, List<MediaKey> files)
    {
        var now = clock.GetUtcNow();
        foreach (var held in await HeldFaceTable.DecidedAsync(session, now - options.Value.UndoWithin))
        {
            if (held.State == "refused" && await PersonTable.FindAsync(session, held.PersonId) is { } person)
            {
                await LookAlikeRequests.RefuseAsync(session, outbox, erasures, person, now);
                continue;
            }

            await HeldFaceTable.DeleteAsync(session, held.Id);
            files.AddRange(held.Files);
        }
    }

    /// <summary>A registration whose look-alike was removed meanwhile is looked at again.</summary>
    private async Task LookAgainAsync(Session session, IOutbox outbox)
    {
        foreach (var person in await HeldFaceTable.WithoutPictureAsync(session, clock.GetUtcNow() - _patience))
        {
            await RequestTable.EndAllAsync(session, person, clock.GetUtcNow());
            await outbox.SendAsync(session, new Messages.ConnectPerson(person));
        }
    }

    /// <summary>Expires held faces without an answer, and asks teachers who have joined since.</summary>
    private async Task LookAfterFacesAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var held in await HeldFaceTable.WaitingAsync(session))
        {
            // Colleagues may be connected, or the teacher gone, since it was held.
            if (colleagues.Listening && held.Asked == 0)
                await outbox.SendAsync(session, new HeldFaceChanged(held.Id));
            var isOver = held.CreatedAt <= (now - _giveUpAfter).ToUnixTimeMilliseconds();
            if (isOver && held.IsRegistration)
            {
                if (await PersonTable.FindAsync(session, held.PersonId) is { } person)
                    await LookAlikeRequests.RefuseAsync(session, outbox, erasures, person, now);
            }
            else if (held.IsRegistration)
                await LookAlikeRequests.AskAsync(session, outbox, held, now);
            else if (held is { IsMatches: false, FromId: { } from } && !await PersonTable.MayTeachAsync(session, held.PersonId, from))
                // The guardian who said so has left, or consent ended.
                _ = await HeldFaces.DecideAsync(session, outbox, held.Id, allowed: false, now);
            else if (held.IsMatches && (await MatchChecks.NamedAsync(session, held.PersonId, held.Matches)).Count == 0)
                // Their photos have expired, or the names are gone: the next matches are shown.
                _ = await FirstMatches.DecideAsync(session, outbox, held, allowed: false, now);
            else if (isOver && !held.IsMatches)
                _ = await HeldFaces.DecideAsync(session, outbox, held.Id, allowed: false, now);
            else
                await HeldFaces.AskAsync(session, outbox, held, now);
        }
    }

    /// <summary>Posts to colleagues about faces that were decided about or are gone.</summary>
    private static async Task EndPostsAsync(Session session, IOutbox outbox)
    {
        foreach (var held in await HeldFacePosts.EndedAsync(session))
            await outbox.SendAsync(session, new HeldFaceChanged(held));
    }

    /// <summary>Persons who were not seen often enough to be asked about at once.</summary>
    private async Task CheckMatchesAsync(Session session, IOutbox outbox)
    {
        foreach (var person in await MatchChecks.DueAsync(session, clock.GetUtcNow() - MatchChecks.Patience))
            await outbox.SendAsync(session, new Messages.CheckFirstMatches(person));
    }

    private async Task AskForPhotosAsync(Session session, IOutbox outbox)
    {
        var now = clock.GetUtcNow();
        foreach (var wanted in await FadingFaces.DueAsync(session, now))
        {
            await PersonTable.PhotosWantedAsync(session, wanted.Person, now);
            await outbox.SendAsync(session, new NewPhotosWanted(wanted.Person, now, wanted.HasFace));
        }
    }

    private async Task AskAsync(Session session, IOutbox outbox)
    {
        foreach (var person in await ConfirmedPersons.ToConfirmAsync(session))
        {
            if (await PersonTable.FindAsync(session, person) is { } row)
                await Confirmations.AskAsync(session, outbox, row, clock.GetUtcNow());
        }
    }
}
