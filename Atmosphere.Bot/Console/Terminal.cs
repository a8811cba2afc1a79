using System.Globalization;
using Spectre.Console;

namespace Atmosphere.Bot.Console;

/// <summary>Where a verb writes: colours and moving bars on a terminal, plain lines into a file, a pipe or with NO_COLOR.</summary>
internal sealed class Terminal
{
    private const int WidthOfFiles = 1000;

    /// <summary>Of lines that tell of a failure.</summary>
    public static readonly Style Bad = new(Color.Red);

    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly Lock _writing = new();
    private List<(string Text, Style? Style)>? _afterTheBar;

    private Terminal(IAnsiConsole output, TextWriter error, TimeProvider clock) => (Out, Error, _clock) = (output, error, clock);

    /// <summary>Results.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>What went wrong.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether bars can move.</summary>
    public bool IsInteractive => Out.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>The terminal that the program was started in.</summary>
    public static Terminal OfProcess(TimeProvider clock)
    {
        var output = System.Console.IsOutputRedirected ? Plain(System.Console.Out) : AnsiConsole.Create(new AnsiConsoleSettings());
        return new Terminal(output, System.Console.Error, clock);
    }

    /// <summary>Plain lines into writers.</summary>
    public static Terminal Into(TextWriter output, TextWriter error, TimeProvider clock) => new(Plain(output), error, clock);

    /// <summary>Writes a line as it is, without reading markup in it; where a bar is moving, below it when it is done.</summary>
    public void Line(string text = "", Style? style = null)
    {
        lock (_writing)
        {
            if (_afterTheBar is null)
                Out.WriteLine(text, style);
            else
                _afterTheBar.Add((text, style));
        }
    }

    /// <summary>Shows how far some work is.</summary>
    /// <param name="title">What is done, such as "Recognising photos".</param>
    /// <param name="total">How many things there are to do.</param>
    /// <param name="work">Reports how many of them are done.</param>
    public async Task ProgressAsync(string title, int total, Func<IProgress<int>, Task> work)
    {
        if (!IsInteractive)
        {
            await work(new Lines(this, title, total));
            return;
        }

        _afterTheBar = [];
        try
        {
            await Out.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(total, 1));
                    await work(new Bar(bar));
                });
        }
        finally
        {
            Flush();
        }
    }

    private void Flush()
    {
        lock (_writing)
        {
            foreach (var (text, style) in _afterTheBar ?? [])
                Out.WriteLine(text, style);
            _afterTheBar = null;
        }
    }

    private static IAnsiConsole Plain(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = WidthOfFiles;
        return console;
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }

    private sealed class Lines(Terminal terminal, string title, int total) : IProgress<int>
    {
        private long _last = terminal._clock.GetTimestamp();

        public void Report(int value)
        {
            if (value < total && terminal._clock.GetElapsedTime(_last) < _betweenLines)
                return;
            _last = terminal._clock.GetTimestamp();
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{title}: {value:N0} of {total:N0}"));
        }
    }
}
