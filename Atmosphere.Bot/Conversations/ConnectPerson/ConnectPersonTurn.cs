using Atmosphere.Bot.Conversations.Photos;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Stateless;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>The actions of <see cref="ConnectPersonMachine"/> during one message.</summary>
internal sealed class ConnectPersonTurn(
    ConnectPersonDraft draft, Speech speech, IReadOnlyList<RegisteredPerson> children, IReadOnlyList<Membership> groups, PhotoCollector photos)
{
    public ConnectPersonDraft Draft => draft;

    public PhotoCollector Photos => photos;

    /// <summary>The child that this turn registers; null: none.</summary>
    public NewChild? Registered { get; private set; }

    /// <summary>Key of the text that says why the name is invalid.</summary>
    public string Problem { get; set; } = "";

    /// <summary>The groups in which the parent may register a child.</summary>
    public IReadOnlyList<Membership> Groups => groups;

    private (string, string) Group => ("group", groups.FirstOrDefault(group => group.Group.Value == Draft.Group)?.Name ?? "");

    private (string, string) Name => ("name", draft.Child);

    /// <summary>Checks that the parent is still a member of the group.</summary>
    /// <returns>False if the conversation ends.</returns>
    public bool IsStillMember()
    {
        if (Draft.Group is null && groups.Count == 1)
            Draft.Group = groups[0].Group.Value;
        if (groups.Count > 0 && (Draft.Group is null || groups.Any(group => group.Group.Value == Draft.Group)))
            return true;
        speech.Say("connect-person.group-left");
        Draft.State = ConnectState.Ended;
        ForgetDraft();
        OfferMenu();
        return false;
    }

    /// <summary>By the number in the question, or by name; a group's name may be a number, too.</summary>
    public bool TakeGroup(string typed)
    {
        var named = groups.Where(group => NameFolding.AreSame(group.Name, typed.Trim())).ToList();
        var numbered = PastedText.NumberIn(typed) is { } number
            ? groups.ElementAtOrDefault(number - 1)
            : null;
        var group = numbered ?? (named.Count == 1 ? named[0] : null);
        Draft.Group = group?.Group.Value;
        return group is not null;
    }

    /// <summary>Photos are kept only for a while: a question about a deleted one ends.</summary>
    public async Task DropExpiredAsync()
    {
        if (await photos.DropExpiredAsync() && Draft.State is ConnectState.AskWhichFace or ConnectState.AskSamePerson
            or ConnectState.ConfirmFace or ConnectState.AskLookAlike or ConnectState.AskConsent)
            Draft.State = ConnectState.AskPhotos;
    }

    public void SayHelp() => speech.Say("common.help");

    /// <summary>Explains which answers the open question accepts. Any text may be a name, so there the question is only repeated.</summary>
    public void SayUnclear()
    {
        switch (Draft.State)
        {
            case ConnectState.AskName:
                break;
            case ConnectState.AskGroup:
                speech.Say("connect-person.group-please", ("count", $"{groups.Count}"));
                break;
            case ConnectState.AskPhotos:
                photos.SayPhotosPlease();
                break;
            case ConnectState.AskWhichFace:
                photos.SayNumberPlease();
                break;
            default:
                speech.Say("common.yes-or-no");
                break;
        }
    }

    public void SayCancelled() => speech.Say("connect-person.cancelled");

    public void SayNothingKept(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.AskLookAlike)
            speech.Say("connect-person.same-child", Name, ("other", Draft.Resembles!));
        else
            speech.Say("connect-person.consent-refused", Name);
    }

    public void TakeToTeacher()
    {
        Draft.AsksTeacher = true;
        speech.Say("connect-person.ask-teacher");
    }

    public void SayPhotoKept() => speech.Say("connect-person.photo-kept");

    public void SayOnePhotoNeeded() => speech.Say("connect-person.one-photo-needed", Name);

    public void SayOneAtATime() => speech.Say("connect-person.one-at-a-time", Name);

    public void SayNameProblem() => speech.Say(Problem);

    public void SayChildren()
    {
        speech.Say(children.Count == 0 ? "common.no-children" : "common.children");
        foreach (var child in children)
            speech.Line($"common.child-{child.State}", ("name", child.Name));
    }

    public void DropWrongFace(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.ConfirmFace)
            photos.DropAll();
        else
            photos.Drop();
    }

    public void DropByGoingBack(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.IsReentry)
            photos.DropLast();
        else if (transition.Source != ConnectState.ConfirmFace)
            photos.Drop();
    }

    public void Register()
    {
        Registered = new NewChild(
            PersonId.New(), Draft.Name!, new GroupId(Draft.Group!), speech.Text("connect-person.consent", Name, Group), Draft.IsLookAlike, [.. Draft.Photos])
        {
            Invitation = Draft.Invitation,
            AsksTeacher = Draft.AsksTeacher,
        };
        speech.Say(Draft.AsksTeacher ? "connect-person.teacher-looks" : "connect-person.registered", Name, Group);
        Draft.Photos.Clear();
    }

    public void ForgetDraft()
    {
        photos.Forget();
        (Draft.Group, Draft.Name, Draft.Invitation, Draft.Resembles, Draft.IsLookAlike, Draft.AsksTeacher) = (null, null, null, null, false, false);
    }

    public void OfferMenu() => speech.OfferMenu();

    public void AskGroup()
    {
        speech.Say("connect-person.ask-group");
        foreach (var (index, group) in groups.Index())
            speech.Add($"{index + 1}. {group.Name}");
        // By number, because groups may have the same name.
        speech.AskChoice("connect-person.which-group", Speech.NumbersTo(groups.Count), [Word.Cancel]);
    }

    public void AskName()
    {
        Draft.Group ??= groups.Count == 1 ? groups[0].Group.Value : null;
        speech.Ask("connect-person.ask-name", Word.Cancel);
    }

    public void AskIfName() => speech.Ask("connect-person.ask-if-name", [Word.Yes, Word.No, Word.Cancel], ("word", ChildName.Clean(Draft.Typed ?? "")));

    public void AskSameName() => speech.Ask("connect-person.ask-same-name", [Word.Yes, Word.No, Word.Cancel], Name);

    public void AskPhotos()
    {
        var (key, buttons) = Draft.Photos.Count switch
        {
            0 => ("connect-person.ask-photo", new[] { Word.Back, Word.Cancel }),
            < ConnectPersonDraft.GoodNumberOfPhotos => ("connect-person.ask-more-photos", [Word.Done, Word.Back, Word.Cancel]),
            _ => ("connect-person.enough-photos", [Word.Done, Word.Back, Word.Cancel]),
        };
        speech.Ask(key, buttons, Name, ("count", $"{Draft.Photos.Count}"));
    }

    public void AskSamePerson() => speech.Ask("connect-person.ask-same-person", [Word.Yes, Word.No, Word.Cancel], Name);

    public async Task AskFaceAsync()
    {
        var picture = await photos.CropAsync(Draft.Photos[0]);
        speech.Ask("connect-person.confirm-face", [Word.Yes, Word.No, Word.Back, Word.Cancel], picture, Name);
    }

    public void AskLookAlike() =>
        speech.Ask("connect-person.look-alike-own", [Word.Yes, Word.No, Word.Back, Word.Cancel], Name, ("other", Draft.Resembles ?? ""));

    public void TakeForAnother(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.AskLookAlike)
            Draft.IsLookAlike = true;
    }

    public void AskConsent() => speech.Ask("connect-person.consent", [Word.Yes, Word.No, Word.Back], Name, Group);
}

/// <summary>A child whose parent has consented.</summary>
internal sealed record NewChild(PersonId Person, string Name, GroupId Group, string ConsentText, bool IsLookAlike, IReadOnlyList<EnrolmentPhoto> Photos)
{
    /// <summary>Hash of the invitation code that the parent used; null: none.</summary>
    public string? Invitation { get; init; }

    /// <summary>The parent wants a teacher to look at the face.</summary>
    public bool AsksTeacher { get; init; }
}
