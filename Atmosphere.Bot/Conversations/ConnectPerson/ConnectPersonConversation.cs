using System.Text.Json;
using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Stateless;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>Parses a parent's message, drives the machine with it and collects the results.</summary>
internal sealed class ConnectPersonConversation(Database database, IRegistrations registrations, IEnrolmentPhotos photos, IMediaStore media) : IConversation
{
    /// <summary>Its folder in dialogs/.</summary>
    public const string Dialog = "connect-person";

    public string Name => Dialog;

    /// <summary>Never by itself: the menu and an invitation begin it.</summary>
    public bool Begins(Turn turn) => false;

    public bool TakesAsName(Turn turn) =>
        turn is { State: { } state, Incoming.Kind: IncomingKind.Message } && Read(state).State == ConnectState.AskName && AskedNames.Read(turn) != AskedName.Command;

    /// <summary>Starts with a child whose name is known; the parent may go back to change it.</summary>
    public async Task BeginAsync(Turn turn, InvitedChild child, CancellationToken cancellation)
    {
        var draft = new ConnectPersonDraft { State = ConnectState.AskName, Name = child.Name, Group = child.Group.Group.Value, Invitation = child.Invitation };
        var step = new ConnectPersonTurn(draft, turn.Speech, turn.Children, [child.Group], new PhotoCollector(draft, turn.Speech, turn.Participant.Id, photos, media, cancellation));
        var isKnown = turn.Children.Any(known => known.State != "failed" && NameFolding.AreSame(known.Name, child.Name));
        await ConnectPersonMachine.Create(step).FireAsync(isKnown ? ConnectTrigger.NameKnown : ConnectTrigger.NameGiven);
        turn.State = Serialize(step.Draft);
    }

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var draft = turn.State is null ? new ConnectPersonDraft() : Read(turn.State);
        var groups = await database.ReadAsync(session => Memberships.OfAsync(session, turn.Participant.Id), cancellation);
        var collector = new PhotoCollector(draft, turn.Speech, turn.Participant.Id, photos, media, cancellation);
        var step = new ConnectPersonTurn(draft, turn.Speech, turn.Children, groups, collector);
        if (step.IsStillMember())
            await AnswerAsync(turn, step, cancellation);

        turn.State = step.Draft.State == ConnectState.Ended ? null : Serialize(step.Draft);
        turn.Keep(step.Draft.Media());
        turn.Discard(collector.Discarded);
        if (step.Registered is { } child)
            Register(turn, child);
    }

    private async Task AnswerAsync(Turn turn, ConnectPersonTurn step, CancellationToken cancellation)
    {
        var machine = ConnectPersonMachine.Create(step);
        var looker = new ConnectPersonPhotos(photos, cancellation);

        await step.DropExpiredAsync();
        var wasAsking = step.Draft.State is ConnectState.AskName or ConnectState.AskIfName or ConnectState.AskGroup;
        if (turn.Files.Count > 0)
            await machine.FireAsync(step.Photos.Take(turn.Files) ? ConnectTrigger.Photo : ConnectTrigger.Unreadable);
        await LookAsync();

        // The caption of a photo counts only if it is a name or a command.
        if (turn.Files.Count == 0 || wasAsking || turn.Word is not null)
        {
            var trigger = turn.Incoming.Kind == IncomingKind.Joined ? Opened(machine) : await UnderstandAsync(step, turn, looker);
            if (turn.Files.Count == 0 || turn.Incoming.Text.Length > 0)
                await machine.FireAsync(trigger);
            await LookAsync();
        }

        async Task LookAsync()
        {
            while (machine.State == ConnectState.AskPhotos && step.Draft.Waiting.Count > 0)
                await machine.FireAsync(await looker.JudgeAsync(step, await step.Photos.LookAtNextAsync()));
        }
    }

    private void Register(Turn turn, NewChild child)
    {
        if (turn.Incoming.ProfileName is { Length: > 0 } profile)
            turn.Change((session, _) => Participants.CallAsync(session, turn.Participant.Id, profile));
        turn.Change((session, _) => registrations.BeginAsync(
            session,
            new NewPerson(child.Person, child.Name, turn.Participant.Id, child.Group, ConsentTexts.Version, child.ConsentText, child.Photos)
            {
                ConsentPurpose = ConsentTexts.Purpose,
                ConsentSaid = ConsentTexts.Said(turn),
                LookAlike = child.IsLookAlike,
                AsksTeacher = child.AsksTeacher,
            }));
        if (child.Invitation is { } invitation)
            turn.Change((session, _) => InvitationTable.RegisteredAsync(session, invitation, child.Person, child.Group));
        turn.HandOver(child.Photos.Select(photo => photo.Media));
    }

    private static string Serialize(ConnectPersonDraft draft) => JsonSerializer.Serialize(draft, JsonSerializerOptions.Web);

    private static ConnectPersonDraft Read(string state) => JsonSerializer.Deserialize<ConnectPersonDraft>(state, JsonSerializerOptions.Web)!;

    /// <summary>Opening the chat again repeats the open question without a remark.</summary>
    private static ConnectTrigger Opened(StateMachine<ConnectState, ConnectTrigger> machine) =>
        machine.CanFire(ConnectTrigger.Hello) ? ConnectTrigger.Hello : ConnectTrigger.Unreadable;

    private static async Task<ConnectTrigger> UnderstandAsync(ConnectPersonTurn turn, Turn said, ConnectPersonPhotos looker)
    {
        var draft = turn.Draft;
        var (text, word) = (said.Incoming.Text, said.Word);
        if (draft is { State: ConnectState.AskWhichFace, Current: not null } && word is null or Word.None or Word.No)
            return word is not null ? ConnectTrigger.NotInPhoto : turn.Photos.Choose(text) is { } look ? await looker.JudgeAsync(turn, look) : ConnectTrigger.Unclear;

        if (draft.State == ConnectState.AskName && AskedNames.Read(said) is AskedName.NameOrCommand)
        {
            draft.Typed = text;
            return ConnectTrigger.MayBeName;
        }

        if ((draft.State == ConnectState.AskName && AskedNames.Read(said) == AskedName.Name) || (draft.State == ConnectState.AskIfName && word is null))
            return TakeName(turn, said, text);
        if (draft.State == ConnectState.AskIfName && word == Word.Yes)
            return TakeName(turn, said, draft.Typed ?? "");
        if (draft.State == ConnectState.AskGroup && turn.TakeGroup(text))
            return ConnectTrigger.GroupGiven;
        if (draft.State == ConnectState.ConfirmFace && word == Word.Yes)
            return await looker.CompareAsync(turn, said.Children);

        return word switch
        {
            Word.Hello or Word.Start => ConnectTrigger.Hello,
            Word.AddChild => ConnectTrigger.AddChild,
            Word.MyChildren => ConnectTrigger.MyChildren,
            Word.Help => ConnectTrigger.Help,
            Word.Cancel => ConnectTrigger.Cancel,
            Word.Back => ConnectTrigger.Back,
            Word.Done => ConnectTrigger.Done,
            Word.Yes => ConnectTrigger.Yes,
            Word.No => ConnectTrigger.No,
            Word.AskTeacher => ConnectTrigger.AskTeacher,
            _ => ConnectTrigger.Unclear,
        };
    }

    private static ConnectTrigger TakeName(ConnectPersonTurn turn, Turn said, string typed)
    {
        if (said.Code is not null)
        {
            turn.Problem = "connect-person.name-is-a-code";
            return ConnectTrigger.NameRefused;
        }

        var name = ChildName.Parse(typed, out var problem);
        if (name is null)
        {
            turn.Problem = problem!;
            return ConnectTrigger.NameRefused;
        }

        turn.Draft.Name = name;
        var isKnown = said.Children.Any(child => child.State != "failed" && NameFolding.AreSame(child.Name, name));
        return isKnown ? ConnectTrigger.NameKnown : ConnectTrigger.NameGiven;
    }
}
