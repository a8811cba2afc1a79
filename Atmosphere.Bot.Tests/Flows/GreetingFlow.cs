using System.Collections.Concurrent;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>What the bot would say when a person is learned or not.</summary>
public static class GreetingFlow
{
    public static FlowTable Table { get; } = new("greeting",
    [
        StepRow.Of<Greet, PersonConnected>("greet", []),
        StepRow.Of<Regret, PersonNotConnected>("regret", []),
    ]);
}

/// <summary>What was said, in order.</summary>
public sealed class Said
{
    public ConcurrentQueue<string> Words { get; } = new();
}

public sealed class Greet(Said said) : IStep<PersonConnected>
{
    public Task<Effects> HandleAsync(PersonConnected message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"connected {message.Person} to {message.Owner}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Regret(Said said) : IStep<PersonNotConnected>
{
    public Task<Effects> HandleAsync(PersonNotConnected message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"not connected {message.Person}: {message.Reason}");
        return Task.FromResult(Effects.None);
    }
}
