using Atmosphere.Recognition.Flows.Persons;

namespace Atmosphere.Bot.Conversations.Home;

/// <summary>The actions of <see cref="HomeMachine"/> during one message.</summary>
internal sealed class HomeTurn(Speech speech, IReadOnlyList<RegisteredPerson> children)
{
    public HomeState State { get; set; }

    /// <summary>Whether the parent is in a group, so that a child can be registered.</summary>
    public bool IsMember { get; init; }

    /// <summary>Whether somebody has been asked about a child of the parent, and has not answered yet.</summary>
    public bool IsWaiting => children.Any(child => child.State == "connecting");

    public void SayWelcome() => speech.Say("home.welcome");

    public void SayHelp() => speech.Say("common.help");

    public void SayNothingToCancel() => speech.Say("common.nothing-to-cancel");

    public void SayUnclear() => speech.Say("common.unclear");

    public void SayNoGroup() => speech.Say("home.no-group");

    /// <summary>Why no registration begins when the parent asks for a teacher.</summary>
    public void SayWhetherAsked() => speech.Say(IsWaiting ? "home.we-come-back" : "home.no-group");

    public void SayProblems(IReadOnlyList<ReceivedFile> files)
    {
        foreach (var file in files.Where(file => file.Photo is null))
            speech.Say(file.Problem!, ("file", file.Name));
    }

    public void OfferMenu() => speech.OfferMenu();
}
