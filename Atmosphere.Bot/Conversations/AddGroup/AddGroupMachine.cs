using Stateless;
using static Atmosphere.Bot.Conversations.AddGroup.AddGroupState;
using static Atmosphere.Bot.Conversations.AddGroup.AddGroupTrigger;

namespace Atmosphere.Bot.Conversations.AddGroup;

/// <summary>A teacher gets a code that links a chat group: its name, its language, the code. Nobody else gets one.</summary>
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

        machine.Configure(AskName)
            .OnEntryFrom(AddGroupTrigger.AddGroup, turn.SayWhatFor)
            .OnEntryFrom(NameRefused, turn.SayNameProblem)
            .OnEntryFrom(Help, turn.SayWhatFor)
            .OnEntryFrom(Unclear, turn.SayNamePlease)
            .OnEntry(turn.AskName)
            .Permit(NameGiven, AskLanguage)
            .PermitReentry(NameRefused)
            .PermitReentry(AddGroupTrigger.AddGroup)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Back, Closed)
            .Permit(Cancel, Closed);

        machine.Configure(AskLanguage)
            .OnEntryFrom(Help, turn.SayWhatFor)
            .OnEntryFrom(Unclear, turn.SayLanguagePlease)
            .OnEntry(turn.AskLanguage)
            .Permit(LanguageGiven, Closed)
            .PermitReentry(Help)
            .PermitReentry(Unclear)
            .Permit(Back, AskName)
            .Permit(Cancel, Closed);

        return machine;
    }
}
