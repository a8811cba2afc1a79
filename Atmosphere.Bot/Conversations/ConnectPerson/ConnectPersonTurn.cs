using System.Globalization;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Stateless;

namespace Atmosphere.Bot.Conversations.ConnectPerson;

/// <summary>The actions of <see cref="ConnectPersonMachine"/>: what is said and kept while one message is answered.</summary>
internal sealed class ConnectPersonTurn(
    ConnectPersonDraft draft, Speech speech, IReadOnlyList<RegisteredPerson> children, IReadOnlyList<Membership> groups, ConnectPersonPictures pictures)
{
    private readonly List<MediaKey> _discarded = [];

    public ConnectPersonDraft Draft { get; private set; } = draft;

    /// <summary>Files to delete when the turn is committed.</summary>
    public IReadOnlyList<MediaKey> Discarded => _discarded;

    /// <summary>The child to register with this turn; null: none.</summary>
    public NewChild? Registered { get; private set; }

    /// <summary>Key of the sentence about the name or the photo that could not be used.</summary>
    public string Problem { get; set; } = "";

    /// <summary>What the sender called the photo that could not be used.</summary>
    public string ProblemFile { get; set; } = "";

    /// <summary>Nobody was greeted yet.</summary>
    public bool IsFirst { get; init; }

    public bool HasPhoto => Draft.Photos.Count > 0;

    /// <summary>Whether the photo that is being looked at fills the number.</summary>
    public bool IsLastPhoto => Draft.Photos.Count >= ConnectPersonDraft.MostPhotos - 1;

    /// <summary>Where the parent may register a child.</summary>
    public IReadOnlyList<Membership> Groups => groups;

    /// <summary>Whether the child looks like one that the parent registered, and not like another family's.</summary>
    public bool ResemblesOwn => Draft.Resembles is { Length: > 0 };

    private (string, string) Group => ("group", groups.FirstOrDefault(group => group.Group.Value == Draft.Group)?.Name ?? "");

    private (string, string) Name => ("name", Draft.Name ?? "");

    public void Discard(MediaKey media) => _discarded.Add(media);

    /// <summary>Nobody registers in a group that they left meanwhile.</summary>
    /// <returns>False where nothing goes on.</returns>
    public bool IsStillMember()
    {
        if (Draft.State == ConnectState.Home)
            return true;
        if (Draft.Group is null && groups.Count == 1)
            Draft.Group = groups[0].Group.Value;
        if (groups.Count > 0 && (Draft.Group is null || groups.Any(group => group.Group.Value == Draft.Group)))
            return true;
        speech.Say("connect-person.group-left");
        ForgetDraft();
        OfferMenu();
        return false;
    }

    /// <summary>By the number in the question, or by name; a group may be called by a number, too.</summary>
    public bool TakeGroup(string typed)
    {
        var named = groups.Where(group => ChildName.AreSame(group.Name, typed.Trim())).ToList();
        var numbered = int.TryParse(typed.Trim().TrimEnd('.', ')'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? groups.ElementAtOrDefault(number - 1)
            : null;
        var group = numbered ?? (named.Count == 1 ? named[0] : null);
        Draft.Group = group?.Group.Value;
        return group is not null;
    }

    /// <summary>Photos live for a while only, even in a conversation that is picked up later: those that are gone are asked for again.</summary>
    public async Task DropExpiredAsync(IMediaStore media, CancellationToken cancellation)
    {
        var gone = new HashSet<MediaKey>();
        foreach (var key in Draft.Media().Except(Draft.Pictures))
        {
            if (!await media.ExistsAsync(key, cancellation))
                gone.Add(key);
        }

        if (gone.Count == 0)
            return;
        Draft.Photos.RemoveAll(photo => gone.Contains(photo.Media));
        Draft.Waiting.RemoveAll(photo => gone.Contains(photo.Media));
        if (Draft.Current is { } current && gone.Contains(current.Media))
            Draft.Current = null;
        if (Draft.State is ConnectState.AskWhichFace or ConnectState.AskSamePerson or ConnectState.ConfirmFace or ConnectState.AskLookAlike or ConnectState.AskConsent)
            Draft.State = ConnectState.AskPhotos;
        speech.Say("connect-person.photos-expired");
    }

    public void SayWelcome() => speech.Say("connect-person.welcome");

    public void SayHelp() => speech.Say("common.help");

    /// <summary>Which answers the open question takes. A name may be anything: there it is asked for once more, and no more.</summary>
    public void SayUnclear()
    {
        switch (Draft.State)
        {
            case ConnectState.AskName:
                break;
            case ConnectState.Home:
                speech.Say("common.unclear");
                break;
            case ConnectState.AskGroup:
                speech.Say("connect-person.group-please", ("count", $"{groups.Count}"));
                break;
            case ConnectState.AskPhotos:
                speech.Say("connect-person.photos-please", Name);
                break;
            case ConnectState.AskWhichFace:
                speech.Say("connect-person.number-please", ("count", $"{Draft.Current?.Faces.Count}"));
                break;
            default:
                speech.Say("common.yes-or-no");
                break;
        }
    }

    public void SayCancelled(StateMachine<ConnectState, ConnectTrigger>.Transition transition) =>
        speech.Say(transition.IsReentry ? "common.nothing-to-cancel" : "connect-person.cancelled");

    public void SayNothingKept(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.AskLookAlike)
            speech.Say("connect-person.same-child", Name, ("other", Draft.Resembles!));
        else
            speech.Say("connect-person.consent-refused", Name);
    }

    public void SayNoGroup() => speech.Say("connect-person.no-group");

    public void SayPhotoKept() => speech.Say("connect-person.photo-kept");

    public void SayPhotoWaits() => speech.Say("connect-person.photo-waits");

    public void SayOnePhotoNeeded() => speech.Say("connect-person.one-photo-needed", Name);

    public void SayOneAtATime() => speech.Say("connect-person.one-at-a-time", Name);

    public void SayNameProblem() => speech.Say(Problem);

    public void SayChildren()
    {
        speech.Say(children.Count == 0 ? "common.no-children" : "common.children");
        foreach (var child in children)
            speech.Line($"common.child-{child.State}", ("name", child.Name));
    }

    public void SayPhotoProblem()
    {
        speech.Say(Problem, Name, ("file", ProblemFile));
        DropPhoto();
    }

    public void KeepPhoto()
    {
        if (Draft.Current is not { } photo)
            return;
        Draft.Photos.Add(photo.ToEnrolmentPhoto());
        Draft.Current = null;
        speech.Say("connect-person.good-photo", Name);
    }

    public void DropPhotoAsked()
    {
        DropPhoto();
        speech.Say("connect-person.photo-dropped");
    }

    public void DropWrongFace(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source != ConnectState.ConfirmFace)
        {
            DropPhotoAsked();
            return;
        }

        _discarded.AddRange(Draft.Photos.Select(photo => photo.Media));
        Draft.Photos.Clear();
        speech.Say("connect-person.photos-dropped", Name);
    }

    public void DropByGoingBack(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.ConfirmFace)
            return;
        if (transition.IsReentry)
        {
            _discarded.Add(Draft.Photos[^1].Media);
            Draft.Photos.RemoveAt(Draft.Photos.Count - 1);
        }

        DropPhotoAsked();
    }

    public void Register()
    {
        Registered = new NewChild(
            PersonId.New(), Draft.Name!, new GroupId(Draft.Group!), speech.Text("connect-person.consent", Name, Group), Draft.IsLookAlike, [.. Draft.Photos])
        {
            Invitation = Draft.Invitation,
        };
        speech.Say("connect-person.registered", Name);
        Draft.Photos.Clear();
    }

    public void ForgetDraft()
    {
        _discarded.AddRange(Draft.Media());
        Draft = new ConnectPersonDraft { State = ConnectState.Home };
    }

    public void OfferMenu() => speech.Ask("common.menu", Word.AddChild, Word.MyChildren, Word.Help);

    public void AskGroup()
    {
        speech.Say("connect-person.ask-group");
        foreach (var (index, group) in groups.Index())
            speech.Add($"{index + 1}. {group.Name}");
        // By number: groups of the same name must be told apart.
        speech.AskChoice("connect-person.which-group", Speech.NumbersTo(groups.Count), [Word.Cancel]);
    }

    public void AskName()
    {
        Draft.Group ??= groups.Count == 1 ? groups[0].Group.Value : null;
        speech.Ask("connect-person.ask-name", Word.Cancel);
    }

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

    public async Task AskWhichFaceAsync()
    {
        var photo = Draft.Current!;
        var picture = await pictures.DrawNumbersAsync(Draft, photo);
        speech.AskNumber("connect-person.ask-which-face", photo.Faces.Count, picture, Name, ("count", $"{photo.Faces.Count}"));
    }

    public void AskSamePerson() => speech.Ask("connect-person.ask-same-person", [Word.Yes, Word.No, Word.Cancel], Name);

    public async Task AskFaceAsync()
    {
        var picture = await pictures.CropAsync(Draft, Draft.Photos[0]);
        speech.Ask("connect-person.confirm-face", [Word.Yes, Word.No, Word.Back, Word.Cancel], picture, Name);
    }

    public void AskLookAlike() => speech.Ask(
        ResemblesOwn ? "connect-person.look-alike-own" : "connect-person.look-alike-other",
        [Word.Yes, Word.No, Word.Back, Word.Cancel], Name, ("other", Draft.Resembles ?? ""));

    public void TakeForAnother(StateMachine<ConnectState, ConnectTrigger>.Transition transition)
    {
        if (transition.Source == ConnectState.AskLookAlike)
            Draft.IsLookAlike = true;
    }

    public void TakeForTheSame()
    {
        Draft.IsLookAlike = false;
        speech.Say("connect-person.other-parent-next", Name);
    }

    public void AskConsent() => speech.Ask("connect-person.consent", [Word.Yes, Word.No, Word.Back], Name, Group);

    private void DropPhoto()
    {
        if (Draft.Current is { } photo)
            _discarded.Add(photo.Media);
        Draft.Current = null;
    }
}

/// <summary>A child whose parent agreed.</summary>
internal sealed record NewChild(PersonId Person, string Name, GroupId Group, string ConsentText, bool IsLookAlike, IReadOnlyList<EnrolmentPhoto> Photos)
{
    /// <summary>Hash of the code by which the parent was invited; null: they came by themselves.</summary>
    public string? Invitation { get; init; }
}
