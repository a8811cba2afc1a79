using System.Collections.Concurrent;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>What the bot would say when a person is learned or not.</summary>
public static class GreetingFlow
{
    public static FlowTable Table { get; } = new("greeting",
    [
        StepRow.Of<Greet, PersonConnected>("greet", []),
        StepRow.Of<Regret, PersonNotConnected>("regret", []),
        StepRow.Of<Receipt, PersonErased>("receipt", []),
        StepRow.Of<Inherit, OwnershipPassed>("inherit", []),
        StepRow.Of<Goodbye, ParticipantForgotten>("goodbye", [typeof(DeleteParticipantEntry)]),
        StepRow.Of<AskForPatience, RegistrationWaits>("wait", []),
        StepRow.Of<Praise, MorePhotosLearned>("praise", []),
        StepRow.Of<Forward, RequestMade>("forward", []),
        StepRow.Of<Report, RequestEnded>("report", []),
        StepRow.Of<Warn, LookAlikeLearned>("warn", []),
        StepRow.Of<AskForPhotos, NewPhotosWanted>("ask-for-photos", []),
        StepRow.Of<Condole, PersonRemoved>("condole", []),
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

public sealed class AskForPatience(Said said) : IStep<RegistrationWaits>
{
    public Task<Effects> HandleAsync(RegistrationWaits message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"waits {message.Person}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Receipt(Said said) : IStep<PersonErased>
{
    public Task<Effects> HandleAsync(PersonErased message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"receipt to {message.Receiver}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Inherit(Said said) : IStep<OwnershipPassed>
{
    public Task<Effects> HandleAsync(OwnershipPassed message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"{message.Owner} owns {message.Person}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Goodbye(Said said) : IStep<ParticipantForgotten>
{
    public Task<Effects> HandleAsync(ParticipantForgotten message, CancellationToken cancellation)
    {
        var word = $"goodbye to {message.Participant}";
        if (said.Words.Contains(word))
            return Task.FromResult(Effects.None);
        said.Words.Enqueue(word);
        return Task.FromResult(new Effects().Send(new DeleteParticipantEntry(message.Erasure, message.Participant)));
    }
}

public sealed class Praise(Said said) : IStep<MorePhotosLearned>
{
    public Task<Effects> HandleAsync(MorePhotosLearned message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"learned {message.Learned} more of {message.Person}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Forward(Said said) : IStep<RequestMade>
{
    public Task<Effects> HandleAsync(RequestMade message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"asked{(message.Again ? " again" : "")} {message.Request}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Report(Said said) : IStep<RequestEnded>
{
    public Task<Effects> HandleAsync(RequestEnded message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"ended {message.Request}");
        // As the real step does, once its words are stored: the erasure of a refused person waits for it.
        return Task.FromResult(Effects.None.Change(session => RequestTable.ForgetDetailsAsync(session, message.Request)));
    }
}

public sealed class Warn(Said said) : IStep<LookAlikeLearned>
{
    public Task<Effects> HandleAsync(LookAlikeLearned message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"like {message.Person}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class AskForPhotos(Said said) : IStep<NewPhotosWanted>
{
    public Task<Effects> HandleAsync(NewPhotosWanted message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"new photos of {message.Person}");
        return Task.FromResult(Effects.None);
    }
}

public sealed class Condole(Said said) : IStep<PersonRemoved>
{
    public Task<Effects> HandleAsync(PersonRemoved message, CancellationToken cancellation)
    {
        said.Words.Enqueue($"removed: {(message.WasGuardian ? "guardian" : "asker")} {message.Receiver}");
        return Task.FromResult(Effects.None);
    }
}
