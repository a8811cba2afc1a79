using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Tests.Conversations;

public sealed class ShareCodeMachineTests
{
    /// <summary>ATMOSPHERE_ACCEPT=1 draws it anew.</summary>
    [Fact]
    public void The_diagram_is_the_one_in_dialogs()
    {
        var file = Path.Combine(Dialogs.Folder, "share-code", "diagram.mmd");
        var machine = ShareCodeMachine.Create(new ShareCodeTurn(new Speech(Languages.Load(Dialogs.Folder).Default), null));
        var drawn = MermaidDiagram.Of(machine, ShareCodeState.Closed);
        if (Dialogs.Accept)
            File.WriteAllText(file, drawn);
        Assert.Equal(File.ReadAllText(file), drawn);
    }
}
