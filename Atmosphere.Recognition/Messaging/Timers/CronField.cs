using System.Globalization;

namespace Atmosphere.Recognition.Messaging.Timers;

/// <summary>One field of a cron expression: the set of matching numbers.</summary>
internal sealed class CronField
{
    private readonly bool[] _meant;

    private CronField(bool[] meant, bool isOpen) => (_meant, IsOpen) = (meant, isOpen);

    /// <summary>True if the field begins with a star.</summary>
    public bool IsOpen { get; }

    public bool this[int number] => _meant[number];

    public IEnumerable<int> Numbers => Enumerable.Range(0, _meant.Length).Where(number => _meant[number]);

    /// <param name="text">A list of numbers, names, ranges and steps: "*", "1,15", "mon-fri", "*/10", "8-18/2".</param>
    /// <param name="rule">The numbers and names that the field allows.</param>
    /// <exception cref="FormatException">The text is invalid; the message names the field, the value and the remedy.</exception>
    public static CronField Parse(string text, CronFieldRule rule)
    {
        var meant = new bool[rule.Most + 1];
        foreach (var part in text.Split(','))
        {
            var (first, last, step) = Range(part, rule);
            for (var number = first; number <= last; number += step)
                meant[number] = true;
        }

        return new CronField(meant, text.StartsWith('*'));
    }

    private static (int First, int Last, int Step) Range(string part, CronFieldRule rule)
    {
        var slash = part.Split('/');
        var step = slash.Length == 1 ? 1 : Step(slash[1], part, rule);
        var ends = slash[0].Split('-');
        if (slash.Length > 2 || ends.Length > 2)
            throw rule.Refuse(part);
        if (slash[0] == "*")
            return (rule.Least, rule.Most, step);

        var first = rule.Number(ends[0], part);
        var last = ends.Length == 2 ? rule.Number(ends[1], part) : slash.Length == 2 ? rule.Most : first;
        return first <= last
            ? (first, last, step)
            : throw new FormatException($"the {rule.Name} field has '{part}', which runs backwards. Write two ranges, {ends[0]}-{rule.Most} and {rule.Least}-{ends[1]}.");
    }

    private static int Step(string text, string part, CronFieldRule rule) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step >= 1 && step <= rule.Most
            ? step
            : throw new FormatException($"the {rule.Name} field has '{part}', whose step is '{text}'. Write a step from 1 to {rule.Most}, such as */{Math.Max(1, rule.Most / 4)}.");
}

/// <param name="Name">Name of the field in error messages.</param>
/// <param name="Least">The smallest number.</param>
/// <param name="Most">The largest number.</param>
/// <param name="Names">Names of the numbers, starting at <paramref name="Least"/>; empty if they have none.</param>
internal sealed record CronFieldRule(string Name, int Least, int Most, params string[] Names)
{
    public int Number(string text, string part)
    {
        var named = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named + Least;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most
            ? number
            : throw Refuse(part);
    }

    public FormatException Refuse(string part) => new(
        $"the {Name} field has '{part}'. Write numbers from {Least} to {Most}{(Names.Length > 0 ? $" or names from {Names[0]} to {Names[^1]}" : "")}, "
        + "*, lists such as 1,2, ranges such as 1-3, or steps such as */2.");
}
