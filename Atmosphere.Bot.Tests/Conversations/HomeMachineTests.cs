using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Stateless;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class HomeMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "home", "diagram.mmd");
        var drawn = MermaidDiagram.Of(Machine(), HomeState.Menu);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_members_of_a_group_begin_a_registration(bool member)
    {
        foreach (var trigger in (HomeTrigger[])[HomeTrigger.AddChild, HomeTrigger.AskTeacher, HomeTrigger.Photo])
        {
            var machine = Machine(member);
            await machine.FireAsync(trigger);
            Assert.Equal(member ? HomeState.Registering : HomeState.Menu, machine.State);
        }
    }

    private static StateMachine<HomeState, HomeTrigger> Machine(bool member = false) =>
        HomeMachine.Create(new HomeTurn(new Speech(Languages.Load(Dialogs.Folder).Default), []) { IsMember = member });
}
