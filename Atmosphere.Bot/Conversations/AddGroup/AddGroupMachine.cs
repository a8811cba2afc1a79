using Stateless;
using static Atmosphere.Bot.Conversations.AddGroup.AddGroupState;
using static Atmosphere.Bot.Conversations.AddGroup.AddGroupTrigger;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>Gives a teacher a code that links a chat group: asks for name and language. Only teachers get a code.</summary>
internal static class AddGroupMachine
{
    public static StateMachine<AddGroupState, AddGroupTrigger> Create(AddGroupTurn turn)
    {
        var machine = DialogMachine.Of(() => turn.Draft.State, state => turn.Draft.State = state, Unclear);

        machine.Configure(Closed)
            .OnEntryFrom(AddGroupTrigger.AddGroup, turn.SayTeachersOnly)
            .OnEntryFrom(Back, turn.SayCancelled)
            .OnEntryFrom(Cancel, turn.SayCancelled)
            .OnEntryFrom(LanguageGiven, turn.GiveCode)
            .PermitIf(AddGroupTrigger.AddGroup, AskName, () => turn.IsTeacher, "a teacher")
            .PermitReentryIf(AddGroupTrigger.AddGroup, () => !turn.IsTeacher, "no teacher");

        machine.Configure(Asking)
            .AskAgain(Help, turn.SayWhatFor)
            .AskAgain(Unclear, turn.SayUnclear)
            .Permit(Cancel, Closed);

        machine.Configure(AskName).SubstateOf(Asking)
            .Permit(NameGiven, AskLanguage)
            .PermitReentry(NameRefused, turn.SayNameProblem)
            .PermitReentry(AddGroupTrigger.AddGroup, turn.SayWhatFor)
            .Permit(Back, Closed)
            .OnEntry(turn.AskName);

        machine.Configure(AskLanguage).SubstateOf(Asking)
            .Permit(LanguageGiven, Closed)
            .Permit(Back, AskName)
            .OnEntry(turn.AskLanguage);

        return machine;
    }
}
