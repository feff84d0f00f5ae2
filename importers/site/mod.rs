//! A static, accessible web site of a course.
